using DualDb.Migrations.Model;

namespace DualDb.Migrations.Drift;

/// <summary>The schema that the databases have, in the words of a model where it is the same.</summary>
internal static class LiveSchema
{
    /// <summary>Reads both.</summary>
    /// <param name="root">The root.</param>
    /// <param name="model">The model.</param>
    /// <param name="snapshot">The model as it was: its tables are looked for as well; null for none.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    public static async Task<SchemaModel> ReadAsync(IDualDatabase root, SchemaModel model, SchemaModel? snapshot, CancellationToken cancellationToken)
    {
        var texts = new CanonicalTexts();
        var before = WithOldNames(model, snapshot);
        var looks = await Task.WhenAll(
            DatabaseLook.ReadAsync(root.Neon, model, before, texts, cancellationToken), DatabaseLook.ReadAsync(root.Supabase, model, before, texts, cancellationToken)).ConfigureAwait(false);
        return new SchemaModel
        {
            Tables = [.. looks.SelectMany(look => look.Actual.Tables.Select(there => InWordsOf(model, look.Expected, there)))],
            Enums = [.. looks.SelectMany(static look => look.Actual.Enums)],
            Maps = snapshot?.Maps ?? model.Maps,
        };
    }

    // A table that is only called otherwise has to be found under its old name.
    private static SchemaModel WithOldNames(SchemaModel model, SchemaModel? snapshot) => new()
    {
        Tables = [.. snapshot?.Tables ?? [], .. model.Tables.Where(static table => table.RenamedFrom is not null).Select(static table => table with { Name = table.RenamedFrom! })],
        Enums = snapshot?.Enums ?? [],
    };

    private static TableModel InWordsOf(SchemaModel model, SchemaModel expected, TableModel there)
        => model.Find(there.Key) is { } own && expected.Find(there.Key) is { } canonical
            ? there with
            {
                Columns = [.. there.Columns.Select(column =>
                {
                    var (mine, theirs) = (Column(own, column.Name), Column(canonical, column.Name));
                    return mine is null || theirs is null ? column : column with
                    {
                        Type = Same(theirs.Type, column.Type) ? mine.Type : column.Type,
                        Default = Same(theirs.Default, column.Default) ? mine.Default : column.Default,
                    };
                })],
                Checks = [.. there.Checks.Select(check => canonical.Checks.Any(one => one == check) ? own.Checks.First(one => Same(one.Name, check.Name)) : check)],
                Indexes = [.. there.Indexes.Select(index => canonical.Indexes.FirstOrDefault(one => Same(one.Name, index.Name)) is { } same && Same(same.Where, index.Where)
                    ? index with { Where = own.Indexes.First(one => Same(one.Name, index.Name)).Where }
                    : index)],
            }
            : there;

    private static ColumnModel? Column(TableModel table, string name) => table.Columns.FirstOrDefault(column => Same(column.Name, name));

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.Ordinal);
}
