using DualDb.Caching;
using DualDb.Mapping;

namespace DualDb;

// What the generated members (FindBy…, ListBy…) of a cached entity stand on.
public abstract partial class CachedRepository<TEntity, TKey, TMap, TColumns, TChanges, TTransaction>
{
    /// <summary>One row by a unique value, or null.</summary>
    /// <typeparam name="TArgument">The value.</typeparam>
    /// <param name="lookup">How the cache finds it.</param>
    /// <param name="statement">The statement; selects the columns of the entity in order.</param>
    /// <param name="argument">The value.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    protected ValueTask<TEntity?> FindByAsync<TArgument>(
        CachedLookup<TEntity, TArgument> lookup, Statement<TArgument> statement, TArgument argument, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lookup);
        return _cache?.SingleBy(lookup) is { } space
            ? FromAsync(space, _user, lookup, argument, token => FindByAsync(statement, argument, transaction: null, token), cancellationToken)
            : FindByAsync(statement, argument, transaction: null, cancellationToken);
    }

    /// <summary>All rows that refer to a value.</summary>
    /// <typeparam name="TArgument">The value.</typeparam>
    /// <param name="lookup">How the cache finds them.</param>
    /// <param name="statement">The statement; selects the columns of the entity in order.</param>
    /// <param name="argument">The value.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    protected async Task<IReadOnlyList<TEntity>> ListByAsync<TArgument>(
        CachedLookup<TEntity, TArgument> lookup, Statement<TArgument> statement, TArgument argument, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lookup);
        return _cache?.ListBy(lookup) is { } space
            ? await FromAsync(
                space,
                _user,
                lookup,
                argument,
                async token => FixedList.Of(await ListByAsync(statement, argument, transaction: null, token).ConfigureAwait(false)),
                cancellationToken).ConfigureAwait(false) ?? []
            : await ListByAsync(statement, argument, transaction: null, cancellationToken).ConfigureAwait(false);
    }

    private static ValueTask<TValue?> FromAsync<TValue, TArgument>(
        CacheSpace<TValue> space,
        UserEntries? user,
        CachedLookup<TEntity, TArgument> lookup,
        TArgument argument,
        Func<CancellationToken, ValueTask<TValue?>> source,
        CancellationToken cancellationToken)
        where TValue : class
        => user is null
            ? FromAsync(space, lookup, argument, source, cancellationToken)
            : user.ReadAsync(
                read => FromAsync(space.Of(read.Partition), lookup, argument, token => read.CheckedAsync(source(token)), cancellationToken), cancellationToken);

    private static ValueTask<TValue?> FromAsync<TValue, TArgument>(
        CacheSpace<TValue> space,
        CachedLookup<TEntity, TArgument> lookup,
        TArgument argument,
        Func<CancellationToken, ValueTask<TValue?>> source,
        CancellationToken cancellationToken)
        where TValue : class
    {
        var text = new KeyText(stackalloc char[KeyCharacters]);
        try
        {
            text.AddWord(space.Mark);
            if (!TryFormat(ref text, lookup, argument))
            {
                return source(cancellationToken);
            }

            var isHit = space.TryGet(text.Written, out var value, out var isDue);
            if (isHit && !isDue)
            {
                return new ValueTask<TValue?>(value);
            }

            var key = BoundedText.Of(text.Written[space.LeadLength..]);
            if (!isHit)
            {
                return space.GetAsync(key, source, cancellationToken);
            }

            space.Refresh(key, source);
            return new ValueTask<TValue?>(value);
        }
        finally
        {
            text.Dispose();
        }
    }

    private static bool TryFormat<TArgument>(ref KeyText text, CachedLookup<TEntity, TArgument> lookup, TArgument argument)
    {
        try
        {
            lookup.Format(ref text, argument);
            return true;
        }
        catch (Exception exception) when (exception is ColumnValueException or ArgumentNullException)
        {
            // The statement refuses it, and can name the column.
            return false;
        }
    }
}
