namespace DualDb.ChangeLog;

/// <summary>One committed change of a row. Documents are JSON texts, by column name, with times in UTC.</summary>
/// <param name="Id">The number of the change. Changes of one key have rising numbers; between keys, the order says nothing.</param>
/// <param name="Transaction">The transaction that made it, by its 64-bit id.</param>
/// <param name="RecordedAt">When it was made, by the database's clock; it became visible later, with the commit.</param>
/// <param name="Schema">The table's schema.</param>
/// <param name="Table">The table.</param>
/// <param name="Operation">What happened.</param>
/// <param name="Key">The key's columns: before the change, or of a new row; null for <see cref="ChangeOperation.Truncate"/>.</param>
/// <param name="NewKey">The key's columns after an update that changed them; null otherwise.</param>
/// <param name="Old">The row before; null for inserts and <see cref="ChangeOperation.Truncate"/>.</param>
/// <param name="New">The row after; null for deletes and <see cref="ChangeOperation.Truncate"/>.</param>
/// <param name="Origin">What the writer's transaction named as its origin, in the setting <c>dualdb.origin</c>; null where it named none.</param>
internal sealed record LoggedChange(
    long Id,
    ulong Transaction,
    DateTimeOffset RecordedAt,
    string Schema,
    string Table,
    ChangeOperation Operation,
    string? Key,
    string? NewKey,
    string? Old,
    string? New,
    string? Origin)
{
    /// <summary>Of a synchronised table: how much of what the primary said of the row its writer had seen, or, on the primary's side, the number of this word. Null elsewhere.</summary>
    public long? Base { get; init; }

    /// <summary>The version of a change of a synchronised table: a hybrid logical clock, see <see cref="SyncCapture"/>. Null elsewhere.</summary>
    public long? Version { get; init; }

    /// <summary>The version of the table's schema when the change was made, where the table is synchronised.</summary>
    public int? SchemaVersion { get; init; }

    /// <summary>The W3C trace context that the writer's transaction named, in the setting <c>dualdb.trace_parent</c>; null where it named none.</summary>
    public string? Trace { get; init; }
}
