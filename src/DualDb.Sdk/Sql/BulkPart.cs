namespace DualDb.Sql;

/// <summary>Rows of a bulk write that travel together.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Places">Where each row stood in the list handed over; null where the part is a run of it as it was.</param>
/// <param name="WithKeys">Whether the rows carry their keys.</param>
/// <param name="UsesCopy">Whether they travel by binary COPY rather than by <c>unnest</c>.</param>
internal sealed record BulkPart<TEntity>(IReadOnlyList<TEntity> Rows, IReadOnlyList<int>? Places, bool WithKeys, bool UsesCopy);
