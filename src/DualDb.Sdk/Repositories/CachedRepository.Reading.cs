using DualDb.Batching;
using DualDb.Caching;
using DualDb.Mapping;

namespace DualDb;

// What answers from the cache.
public abstract partial class CachedRepository<TEntity, TKey, TMap, TColumns, TChanges, TTransaction>
{
    private const int KeyCharacters = 64;

    private protected override ValueTask<TEntity?> FindCoreAsync(TKey key, string operation, TTransaction? transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (_fetch is null || transaction is not null)
        {
            return base.FindCoreAsync(key, operation, transaction, cancellationToken);
        }

        return _user is null ? FindIn(_cache!.Rows, key, operation, user: null, cancellationToken) : FindAsUserAsync(_user, key, operation, cancellationToken);
    }

    private ValueTask<TEntity?> FindAsUserAsync(UserEntries user, TKey key, string operation, CancellationToken cancellationToken)
        => user.ReadAsync(read => FindIn(_cache!.Rows.Of(read.Partition), key, operation, read, cancellationToken), cancellationToken);

    private ValueTask<TEntity?> FindIn(CacheSpace<TEntity> rows, TKey key, string operation, UserRead? user, CancellationToken cancellationToken)
    {
        // Without try and finally: a hit is the whole point, and what would be left behind is an array that the collector takes.
        var text = new KeyText(stackalloc char[KeyCharacters]);
        text.AddWord(rows.Mark);
        if (!TryFormat(ref text, key))
        {
            return base.FindCoreAsync(key, operation, transaction: null, cancellationToken);
        }

        if (!rows.TryGet(text.Written, out var row, out var isDue))
        {
            return MissAsync(rows, rows.TextOf(ref text), key, operation, user, cancellationToken);
        }

        if (isDue)
        {
            Refresh(rows, rows.TextOf(ref text), key, operation, user);
        }

        text.Dispose();
        return new ValueTask<TEntity?>(row);
    }

    private protected override Task<IReadOnlyList<TEntity>> FindManyCoreAsync(
        IReadOnlyCollection<TKey> keys, TTransaction? transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return _fetch is null || transaction is not null || keys.Count == 0
            ? base.FindManyCoreAsync(keys, transaction, cancellationToken)
            : FetchAsync(keys, cancellationToken);
    }

    /// <summary>Rows by keys: those in memory, those in Redis by one <c>MGET</c>, and one statement for the rest.</summary>
    private async Task<IReadOnlyList<TEntity>> FetchAsync(IReadOnlyCollection<TKey> keys, CancellationToken cancellationToken)
    {
        var asked = keys as IReadOnlyList<TKey> ?? [.. keys];
        if (TextsOf(asked) is not { } texts)
        {
            // A key that its column cannot hold is refused by the statement, which can name it.
            return await base.FindManyCoreAsync(asked, transaction: null, cancellationToken).ConfigureAwait(false);
        }

        var found = _user is null
            ? await _cache!.Rows.GetManyAsync(texts, (places, token) => LoadManyAsync(asked, texts, places, token), cancellationToken).ConfigureAwait(false)
            : await _user.ReadAsync(
                read => _cache!.Rows.Of(read.Partition).GetManyAsync(texts, (places, token) => read.CheckedAsync(LoadManyAsync(asked, texts, places, token)), cancellationToken),
                cancellationToken).ConfigureAwait(false);
        var rows = new List<TEntity>(found.Length);
        foreach (var row in found)
        {
            if (row is not null)
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    private async ValueTask<TEntity?[]> LoadManyAsync(IReadOnlyList<TKey> keys, string[] texts, IReadOnlyList<int> places, CancellationToken cancellationToken)
    {
        var missing = new TKey[places.Count];
        var found = new Dictionary<string, TEntity>(places.Count, StringComparer.Ordinal);
        for (var index = 0; index < missing.Length; index++)
        {
            missing[index] = keys[places[index]];
        }

        foreach (var row in await base.FindManyCoreAsync(missing, transaction: null, cancellationToken).ConfigureAwait(false))
        {
            found[TextOf(TMap.KeyOf(row))] = row;
        }

        var rows = new TEntity?[places.Count];
        for (var index = 0; index < rows.Length; index++)
        {
            rows[index] = found.GetValueOrDefault(texts[places[index]]);
        }

        return rows;
    }

    /// <summary>The way through Redis and the database; the closures are made here, so that a hit makes none.</summary>
    private ValueTask<TEntity?> MissAsync(
        CacheSpace<TEntity> rows, string text, TKey key, string operation, UserRead? user, CancellationToken cancellationToken)
        => TryBatch(key, _fetch, cancellationToken, out var answer)
            ? answer
            : rows.GetAsync(text, Source(key, operation, user), cancellationToken);

    private void Refresh(CacheSpace<TEntity> rows, string text, TKey key, string operation, UserRead? user)
        => rows.Refresh(text, Source(key, operation, user));

    private Func<CancellationToken, ValueTask<TEntity?>> Source(TKey key, string operation, UserRead? user)
        => user is null
            ? token => base.FindCoreAsync(key, operation, transaction: null, token)
            : token => user.CheckedAsync(base.FindCoreAsync(key, operation, transaction: null, token));

    private static bool TryFormat(ref KeyText text, TKey key)
    {
        try
        {
            TMap.FormatKey(ref text, key);
            return true;
        }
        catch (ColumnValueException)
        {
            return false;
        }
    }

    private static string[]? TextsOf(IReadOnlyList<TKey> keys)
    {
        var texts = new string[keys.Count];
        var text = new KeyText(stackalloc char[KeyCharacters]);
        try
        {
            for (var index = 0; index < texts.Length; index++)
            {
                text.Clear();
                if (keys[index] is not { } key || !TryFormat(ref text, key))
                {
                    return null;
                }

                texts[index] = BoundedText.Of(text.Written);
            }

            return texts;
        }
        finally
        {
            text.Dispose();
        }
    }

    private static string TextOf(TKey key)
    {
        var text = new KeyText(stackalloc char[KeyCharacters]);
        try
        {
            TMap.FormatKey(ref text, key);
            return BoundedText.Of(text.Written);
        }
        finally
        {
            text.Dispose();
        }
    }
}
