using DualDb.Errors;
using DualDb.Migrations.Drift.Catalogue;
using DualDb.Migrations.Model;
using DualDb.Migrations.Model.Changes;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Migrations.Drift;

/// <summary>What a database holds of a model, in words that can be compared.</summary>
/// <param name="Expected">The model, in PostgreSQL's words.</param>
/// <param name="Actual">What is there of it.</param>
/// <param name="Catalogue">All that was read.</param>
/// <param name="Notes">What could not be compared, and why.</param>
internal sealed record DatabaseLook(SchemaModel Expected, SchemaModel Actual, DatabaseCatalogue Catalogue, IReadOnlyList<string> Notes)
{
    /// <summary>Looks at one database.</summary>
    /// <param name="database">The database.</param>
    /// <param name="model">The model of both.</param>
    /// <param name="more">Tables to look for beside those of the model.</param>
    /// <param name="texts">What is known of PostgreSQL's words.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    public static async Task<DatabaseLook> ReadAsync(PostgresDatabase database, SchemaModel model, SchemaModel? more, CanonicalTexts texts, CancellationToken cancellationToken)
    {
        try
        {
            try
            {
                return await ReadOnceAsync(database, model, more, texts, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (database.MayRetry(exception, writes: false))
            {
                // The pool held a connection that had died meanwhile. Repeated below, outside the handler.
            }

            return await database.RetriesFor(writes: false)
                .ExecuteAsync(async token => await ReadOnceAsync(database, model, more, texts, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw ErrorTranslator.Translate(exception, database.Kind, entity: null, "The comparison of the schema with the model");
        }
    }

    private static async Task<DatabaseLook> ReadOnceAsync(PostgresDatabase database, SchemaModel model, SchemaModel? more, CanonicalTexts texts, CancellationToken cancellationToken)
    {
        var own = model.Tables.Where(table => table.Database == database.Kind).ToList();
        var enums = model.Enums.Where(type => type.Database == database.Kind).ToList();
        var tables = own.Concat((more?.Tables ?? []).Where(table => table.Database == database.Kind)).Select(static table => (table.Schema, table.Name)).Distinct().ToList();
        var types = enums.Concat((more?.Enums ?? []).Where(type => type.Database == database.Kind)).Select(static type => (type.Schema, type.Name)).Distinct().ToList();
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var returned = connection.ConfigureAwait(false);
        var catalogue = await CatalogueReader.ReadAsync(connection, database.Kind, tables, types, cancellationToken).ConfigureAwait(false);
        var actual = new SchemaModel { Tables = [.. catalogue.Tables.Select(static table => table.Model)], Enums = catalogue.Enums, Maps = model.Maps };
        var (expected, notes) = await ExpectAsync(connection, database.Kind, own, actual, catalogue, texts, cancellationToken).ConfigureAwait(false);
        return new DatabaseLook(new SchemaModel { Tables = expected, Enums = enums, Maps = model.Maps }, actual, catalogue, notes);
    }

    private static async Task<(IReadOnlyList<TableModel> Tables, IReadOnlyList<string> Notes)> ExpectAsync(
        NpgsqlConnection connection, Database database, List<TableModel> own, SchemaModel actual, DatabaseCatalogue catalogue, CanonicalTexts texts, CancellationToken cancellationToken)
    {
        var canonical = new Canonicalisation(texts);
        var open = own.Where(table => actual.Find(table.Key) is { } there && !canonical.Apply(table, there).IsWhole).ToList();
        var faults = new Dictionary<string, string>(StringComparer.Ordinal);
        if (open.Count > 0 && catalogue.MayCreateTemporary)
        {
            foreach (var (table, created, fault) in await TemporaryTables.DescribeAsync(connection, database, open, cancellationToken).ConfigureAwait(false))
            {
                if (created is not null)
                {
                    canonical.Learn(table, created);
                }
                else
                {
                    faults[table.FullName] = fault ?? "it could not be created as a temporary table";
                }
            }
        }
        else if (open.Count > 0)
        {
            await LearnTypesAsync(connection, canonical, open, cancellationToken).ConfigureAwait(false);
            open.ForEach(table => faults[table.FullName] = $"the role \"{catalogue.Role}\" may create no temporary tables");
        }

        var tables = new List<TableModel>();
        var notes = new List<string>();
        foreach (var table in own)
        {
            if (actual.Find(table.Key) is not { } there)
            {
                tables.Add(table with { RenamedFrom = null });
                continue;
            }

            var (expected, isWhole) = canonical.Apply(table, there);
            if (!isWhole && faults.TryGetValue(table.FullName, out var why))
            {
                expected = Canonicalisation.Trust(expected, there);
                notes.Add($"{table.FullName}: defaults and conditions were not compared, only whether they are there: {why}");
            }

            tables.Add(expected);
        }

        return (tables, notes);
    }

    // Types can be asked for without creating anything; limits, as of varchar(40), are known here.
    private static async Task LearnTypesAsync(NpgsqlConnection connection, Canonicalisation canonical, List<TableModel> tables, CancellationToken cancellationToken)
    {
        var types = tables.SelectMany(static table => table.Columns).Select(static column => TypeText.Canonical(column.Type)).Distinct(StringComparer.Ordinal).ToArray();
        using var command = new NpgsqlCommand("select coalesce(format_type(to_regtype(t.name)::oid, null), t.name) from unnest($1) with ordinality as t (name, place) order by t.place", connection);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = types, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var type in types)
        {
            await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            known[type] = type.Contains('(', StringComparison.Ordinal) ? type : reader.GetString(0);
        }

        foreach (var table in tables)
        {
            var described = table with { Checks = [], Indexes = [], Columns = [.. table.Columns.Select(column => column with { Type = known[TypeText.Canonical(column.Type)], Default = null })] };
            canonical.Learn(table with { Checks = [], Indexes = [], Columns = [.. table.Columns.Select(static column => column with { Default = null })] }, described);
        }
    }
}
