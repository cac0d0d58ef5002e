namespace DualDb.Querying;

/// <summary>Makes conditions on lists. <c>In</c> means one <c>==</c> after another, and <c>NotIn</c> one <c>!=</c> after another, null included.</summary>
internal static class Membership
{
    public static Filter<TEntity> In<TEntity, T>(Column<TEntity, T> column, IEnumerable<T> values)
        where TEntity : class
    {
        var (given, hasNull) = Split(values);
        var matches = given.Count == 0 ? Filter<TEntity>.None : new ListPredicate<TEntity, T>(column.Operand, given, isIn: true, column.Member);
        return hasNull ? matches | column.IsNull() : matches;
    }

    public static Filter<TEntity> NotIn<TEntity, T>(Column<TEntity, T> column, IEnumerable<T> values)
        where TEntity : class
    {
        var (given, hasNull) = Split(values);
        var matches = given.Count == 0 ? Filter<TEntity>.All : new ListPredicate<TEntity, T>(column.Operand, given, isIn: false, column.Member);
        return hasNull ? matches & column.IsNotNull() : matches;
    }

    // A copy, since the caller's list may change before the query is sent.
    private static (List<T> Given, bool HasNull) Split<T>(IEnumerable<T> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var given = new List<T>(values.TryGetNonEnumeratedCount(out var count) ? count : 0);
        var hasNull = false;
        foreach (var value in values)
        {
            if (value is null)
            {
                hasNull = true;
            }
            else
            {
                given.Add(value);
            }
        }

        return (given, hasNull);
    }
}
