namespace DualDb.Querying;

/// <summary>Orders in which no two rows are alike.</summary>
internal static class TotalOrder
{
    /// <summary>An order with the key at its end, in the direction of the last part, so that an index can be walked one way.</summary>
    /// <param name="order">What was asked for; empty for the order of the key.</param>
    /// <param name="key">The parts of the key.</param>
    public static IReadOnlyList<OrderTerm<TEntity>> Of<TEntity>(IReadOnlyList<OrderTerm<TEntity>> order, IReadOnlyList<OrderTerm<TEntity>> key)
        where TEntity : class
    {
        var isDescending = order.Count > 0 && order[^1].IsDescending;
        var missing = key.Where(part => !order.Any(term => ReferenceEquals(term.Operand, part.Operand)));
        return [.. order, .. missing.Select(part => part.Directed(isDescending))];
    }
}
