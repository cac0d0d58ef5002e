namespace DualDb.Migrations.Model.Changes;

/// <summary>What leads from one schema to another.</summary>
internal static class SchemaComparison
{
    /// <summary>The changes: renames first, then what is created, altered and dropped. The same for the same schemas.</summary>
    public static IReadOnlyList<SchemaChange> Compare(SchemaModel from, SchemaModel to)
    {
        var (renames, before) = Renames.Apply(from, to);
        var changes = new List<SchemaChange>();
        changes.AddRange(Enums(before, to));
        changes.AddRange(renames);
        foreach (var table in to.Tables)
        {
            if (before.Find(table.Key) is not { } old)
            {
                changes.Add(new TableCreated(table, to.IsCaptured(table)));
                continue;
            }

            changes.AddRange(TableComparison.Compare(old, table));
            if (to.IsCaptured(table) && !before.IsCaptured(old))
            {
                changes.Add(new CaptureAdded(table));
            }
        }

        changes.AddRange(before.Tables.Where(table => to.Find(table.Key) is null).Select(static table => new TableDropped(table)));
        changes.AddRange(before.Enums.Where(type => to.Enums.All(other => other.Key != type.Key)).Select(static type => new EnumDropped(type)));
        return changes;
    }

    private static IEnumerable<SchemaChange> Enums(SchemaModel from, SchemaModel to)
    {
        foreach (var type in to.Enums)
        {
            var old = from.Enums.FirstOrDefault(other => other.Key == type.Key);
            if (old is null)
            {
                yield return new EnumCreated(type);
            }
            else if (!old.Values.SequenceEqual(type.Values, StringComparer.Ordinal))
            {
                yield return old.Values.SequenceEqual(type.Values.Where(value => old.Values.Contains(value, StringComparer.Ordinal)), StringComparer.Ordinal)
                    ? new EnumExtended(old, type)
                    : new EnumRebuilt(old, type, [.. ColumnsOf(to, type)]);
            }
        }
    }

    // All that have the type afterwards: what gets it by a change of its own has it as it was, until the type is made anew.
    private static IEnumerable<(TableModel Table, ColumnModel Column)> ColumnsOf(SchemaModel to, EnumModel type)
    {
        var name = TypeText.Canonical(SqlName.Of(type.Schema, type.Name));
        return to.Tables.Where(table => table.Database == type.Database).SelectMany(table => table.Columns.Where(column => Is(column, name)).Select(column => (table, column)));
    }

    private static bool Is(ColumnModel column, string type) => TypeText.Canonical(column.Type) is var own && (string.Equals(own, type, StringComparison.Ordinal) || string.Equals(own, type + "[]", StringComparison.Ordinal));
}
