using DualDb.Caching;
using DualDb.Mapping;
using DualDb.Views;

namespace DualDb;

/// <summary>
/// The behaviour behind the generated reader of a view with a <see cref="CachedForAttribute"/>. <c>FindAsync</c>, <c>GetAsync</c> and <c>ListAsync</c> answer from memory, then from Redis, then
/// from both databases; a change of any row of the tables behind a view makes all views of its kind fall. Views with members that could not be read are not kept.
/// </summary>
/// <typeparam name="TView">The view.</typeparam>
/// <typeparam name="TKey">The type of its key.</typeparam>
public abstract class CachedViewReader<TView, TKey> : ViewReader<TView, TKey>
    where TView : class
    where TKey : notnull
{
    private const int KeyCharacters = 64;

    private readonly ViewCache<TView, TKey>? _cache;
    private readonly UserEntries? _user;

    /// <summary>Creates the reader over both databases and the cache.</summary>
    /// <param name="view">What the cache is told of the view.</param>
    /// <param name="plan">The generated plan.</param>
    /// <param name="neon">The Neon database.</param>
    /// <param name="supabase">The Supabase database.</param>
    /// <param name="cache">The cache of the root; null reads without one.</param>
    protected CachedViewReader(
        CachedView<TView, TKey> view, ViewPlan<TView, TKey> plan, NeonDatabase neon, SupabaseDatabase supabase, DualDbCache? cache)
        : base(plan, neon, supabase)
    {
        ArgumentNullException.ThrowIfNull(view);
        var entries = cache?.Register(view);
        _cache = entries is { HasExactKey: true, Settings.Enabled: true } ? entries : null;
        _user = _cache is null ? null : UserEntries.Of(supabase, _cache.IsShared);
    }

    /// <summary>Creates a reader that reads past the cache.</summary>
    /// <param name="cached">The reader with the cache.</param>
    protected CachedViewReader(CachedViewReader<TView, TKey> cached)
        : base(cached)
    {
    }

    private protected override ValueTask<TView?> FindCoreAsync(TKey key, string operation, CancellationToken cancellationToken)
    {
        if (_cache is null)
        {
            return base.FindCoreAsync(key, operation, cancellationToken);
        }

        return _user is null ? FindIn(_cache.Views, key, operation, user: null, cancellationToken) : FindAsUserAsync(_user, key, operation, cancellationToken);
    }

    private ValueTask<TView?> FindAsUserAsync(UserEntries user, TKey key, string operation, CancellationToken cancellationToken)
        => user.ReadAsync(read => FindIn(_cache!.Views.Of(read.Partition), key, operation, read, cancellationToken), cancellationToken);

    private ValueTask<TView?> FindIn(CacheSpace<TView> views, TKey key, string operation, UserRead? user, CancellationToken cancellationToken)
    {
        // Without try and finally: a hit is the whole point, and what would be left behind is an array that the collector takes.
        var text = new KeyText(stackalloc char[KeyCharacters]);
        text.AddWord(views.Mark);
        if (!TryFormat(ref text, key))
        {
            return base.FindCoreAsync(key, operation, cancellationToken);
        }

        if (!views.TryGet(text.Written, out var view, out var isDue))
        {
            return views.GetAsync(views.TextOf(ref text), Source(key, operation, user), cancellationToken);
        }

        if (isDue)
        {
            views.Refresh(views.TextOf(ref text), Source(key, operation, user));
        }

        text.Dispose();
        return new ValueTask<TView?>(view);
    }

    private protected override async Task<IReadOnlyList<TView>> ListCoreAsync(IReadOnlyList<TKey> keys, CancellationToken cancellationToken)
    {
        if (_cache is null || keys.Count == 0 || TextsOf(keys) is not { } texts)
        {
            return await base.ListCoreAsync(keys, cancellationToken).ConfigureAwait(false);
        }

        var views = _user is null
            ? await _cache.Views.GetManyAsync(texts, ReadAsync, cancellationToken).ConfigureAwait(false)
            : await _user.ReadAsync(
                read => _cache.Views.Of(read.Partition).GetManyAsync(texts, (places, token) => read.CheckedAsync(ReadAsync(places, token)), cancellationToken),
                cancellationToken).ConfigureAwait(false);
        return [.. views.OfType<TView>()];

        async ValueTask<TView?[]> ReadAsync(IReadOnlyList<int> places, CancellationToken token)
            => await ReadEachAsync([.. places.Select(place => keys[place])], token).ConfigureAwait(false);
    }

    /// <summary>The way to the databases; the closures are made here, so that a hit makes none.</summary>
    private Func<CancellationToken, ValueTask<TView?>> Source(TKey key, string operation, UserRead? user)
        => user is null
            ? token => base.FindCoreAsync(key, operation, token)
            : token => user.CheckedAsync(base.FindCoreAsync(key, operation, token));

    private bool TryFormat(ref KeyText text, TKey key)
    {
        try
        {
            _cache!.FormatKey(ref text, key);
            return true;
        }
        catch (ColumnValueException)
        {
            return false;
        }
    }

    private string[]? TextsOf(IReadOnlyList<TKey> keys)
    {
        var texts = new string[keys.Count];
        var text = new KeyText(stackalloc char[KeyCharacters]);
        try
        {
            for (var index = 0; index < texts.Length; index++)
            {
                text.Clear();
                if (!TryFormat(ref text, keys[index]))
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
}
