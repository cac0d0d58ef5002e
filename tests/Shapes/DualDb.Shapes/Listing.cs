namespace DualDb.Shapes;

/// <summary>The generated members that list rows by a reference, with the value boxed so that a test need not know its type.</summary>
public sealed record Listing<TEntity, TTransaction>(
    string Member,
    Func<TEntity, object?> ValueOf,
    Func<object, TTransaction?, CancellationToken, Task<IReadOnlyList<TEntity>>> ListAsync,
    Func<IEnumerable<object>, TTransaction?, CancellationToken, Task<ILookup<object, TEntity>>> LookupAsync);

/// <summary>Builds listings from the four generated overloads.</summary>
public static class Listing
{
    public static Listing<TEntity, TTransaction> By<TEntity, TValue, TTransaction>(
        string member,
        Func<TEntity, object?> valueOf,
        Func<TValue, CancellationToken, Task<IReadOnlyList<TEntity>>> list,
        Func<TValue, TTransaction, CancellationToken, Task<IReadOnlyList<TEntity>>> listWithin,
        Func<IReadOnlyCollection<TValue>, CancellationToken, Task<ILookup<TValue, TEntity>>> lookup,
        Func<IReadOnlyCollection<TValue>, TTransaction, CancellationToken, Task<ILookup<TValue, TEntity>>> lookupWithin)
        where TValue : notnull
        where TTransaction : class
        => new(
            member,
            valueOf,
            (value, transaction, token) => transaction is null ? list((TValue)value, token) : listWithin((TValue)value, transaction, token),
            async (values, transaction, token) =>
            {
                TValue[] typed = [.. values.Cast<TValue>()];
                var rows = transaction is null ? await lookup(typed, token) : await lookupWithin(typed, transaction, token);
                return rows
                    .SelectMany(static group => group, static (group, row) => (Key: (object)group.Key, Row: row))
                    .ToLookup(static pair => pair.Key, static pair => pair.Row);
            });
}
