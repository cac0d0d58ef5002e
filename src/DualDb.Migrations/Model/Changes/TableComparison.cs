namespace DualDb.Migrations.Model.Changes;

/// <summary>What leads from one table to another of the same name.</summary>
internal static class TableComparison
{
    public static IEnumerable<SchemaChange> Compare(TableModel from, TableModel to)
    {
        // Whether a unique part is an index or a constraint is for the database to say; the model asks for either.
        var found = to with { Uniques = [.. to.Uniques.Select(unique => unique with { IsIndex = from.Uniques.Any(old => old.IsIndex && Same(old.Name, unique.Name)) })] };
        return [.. Columns(from, found), .. Comments(from, found), .. Keys(from, found), .. Parts(from, found)];
    }

    private static IEnumerable<SchemaChange> Columns(TableModel from, TableModel to)
    {
        foreach (var column in to.Columns)
        {
            if (Find(from, column.Name) is not { } old)
            {
                yield return new ColumnAdded(to, column);
                continue;
            }

            if (!Same(TypeText.Canonical(old.Type), TypeText.Canonical(column.Type)))
            {
                var changed = new TypeChanged(to, column, old);
                yield return changed;
                if (!changed.IsWidened)
                {
                    // Default, identity and nullability change with the type: before it they do not fit.
                    continue;
                }
            }

            if (old.IsIdentity != column.IsIdentity)
            {
                yield return new IdentityChanged(to, column);
            }

            if (!Same(old.Default, column.Default))
            {
                yield return new DefaultChanged(to, column, old.Default);
            }

            if (old.IsNullable != column.IsNullable)
            {
                yield return new NullabilityChanged(to, column);
            }
        }

        foreach (var column in from.Columns.Where(column => Find(to, column.Name) is null))
        {
            yield return new ColumnDropped(from, column);
        }
    }

    private static IEnumerable<SchemaChange> Comments(TableModel from, TableModel to)
    {
        if (!Same(from.Comment, to.Comment))
        {
            yield return new CommentChanged(to, Column: null, from.Comment, to.Comment);
        }

        foreach (var column in to.Columns)
        {
            if (Find(from, column.Name) is { } old && !Same(old.Comment, column.Comment))
            {
                yield return new CommentChanged(to, column.Name, old.Comment, column.Comment);
            }
        }
    }

    private static IEnumerable<SchemaChange> Keys(TableModel from, TableModel to)
        => from.PrimaryKey.SequenceEqual(to.PrimaryKey, StringComparer.Ordinal) ? [] : [new PrimaryKeyChanged(from, to)];

    // By name first; what has another name and is the same was renamed: nothing is lost by that.
    private static IEnumerable<SchemaChange> Parts(TableModel from, TableModel to)
    {
        var old = TablePart.Of(from).ToList();
        var added = new List<TablePart>();
        var changes = new List<SchemaChange>();
        foreach (var part in TablePart.Of(to))
        {
            if (old.Find(other => other.Kind == part.Kind && Same(other.Name, part.Name)) is not { } same)
            {
                added.Add(part);
                continue;
            }

            old.Remove(same);
            if (!Same(same.Definition, part.Definition))
            {
                changes.Add(new PartAdded(to, part, same));
            }
        }

        foreach (var part in added)
        {
            if (old.Find(other => other.Kind == part.Kind && Same(other.Definition, part.Definition)) is { } renamed)
            {
                old.Remove(renamed);
                changes.Add(new PartRenamed(to, part with { IsIndex = renamed.IsIndex }, renamed.Name));
            }
            else
            {
                changes.Add(new PartAdded(to, part, Replaces: null));
            }
        }

        return [.. old.Select(part => new PartDropped(to, part)), .. changes];
    }

    private static ColumnModel? Find(TableModel table, string column) => table.Columns.FirstOrDefault(one => Same(one.Name, column));

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.Ordinal);
}
