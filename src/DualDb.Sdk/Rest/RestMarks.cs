using DualDb.Mapping;

namespace DualDb.Rest;

/// <summary>Marks of deletion, and what every update leaves behind.</summary>
internal static class RestMarks
{
    /// <summary>The condition that rows are not marked deleted; none where rows are not marked.</summary>
    public static IReadOnlyList<(string Name, string Value)> Live(RestColumns columns) => Marked(columns, isMarked: false);

    /// <summary>The condition that rows are marked deleted, or are not.</summary>
    public static IReadOnlyList<(string Name, string Value)> Marked(RestColumns columns, bool isMarked)
        => columns.Mark is not { } mark ? []
            : [(RestNames.Quote(mark.Name), mark.IsNullable ? isMarked ? "not.is.null" : "is.null" : isMarked ? "eq.true" : "eq.false")];

    /// <summary>Writes the mark of a deletion, or takes it off.</summary>
    public static void Write(RestBody body, RestColumns columns, bool marks)
    {
        var mark = columns.Mark!;
        if (!mark.IsNullable)
        {
            body.Boolean(mark.Name, marks);
        }
        else if (marks)
        {
            body.Now(mark.Name);
        }
        else
        {
            body.Null(mark.Name);
        }
    }

    /// <summary>Writes the time of an update, and the next version.</summary>
    /// <param name="body">Receives them.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="version">The version that the row has; null where it has none.</param>
    public static void WriteTraces(RestBody body, RestColumns columns, long? version)
    {
        if (columns.Entity.Columns.FirstOrDefault(static column => column.Role == ColumnRole.UpdatedAt) is { } updated)
        {
            body.Now(updated.Name);
        }

        if (columns.Version is { } counter && version is { } current)
        {
            body.Number(counter.Name, current < long.MaxValue ? current + 1 : throw new ColumnValueException(
                counter.Name, "holds the greatest version there is, and cannot be counted up", "Look at how the row came by it."));
        }
    }
}
