namespace DualDb.Shapes;

/// <summary>The generated members that find a row by a unique value; a tuple where several members are unique together.</summary>
public sealed record Finder<TEntity, TTransaction>(
    string Member,
    Func<TEntity, object?> ValueOf,
    Func<object, TTransaction?, CancellationToken, ValueTask<TEntity?>> FindAsync);

/// <summary>Builds finders from the two generated overloads.</summary>
public static class Finder
{
    public static Finder<TEntity, TTransaction> By<TEntity, TValue, TTransaction>(
        string member,
        Func<TEntity, object?> valueOf,
        Func<TValue, CancellationToken, ValueTask<TEntity?>> find,
        Func<TValue, TTransaction, CancellationToken, ValueTask<TEntity?>> findWithin)
        where TValue : notnull
        where TTransaction : class
        => new(
            member,
            valueOf,
            (value, transaction, token) => transaction is null ? find((TValue)value, token) : findWithin((TValue)value, transaction, token));
}
