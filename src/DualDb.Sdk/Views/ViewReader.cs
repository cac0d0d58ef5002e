using System.Runtime.CompilerServices;
using DualDb.Mapping;
using DualDb.Views;

namespace DualDb;

/// <summary>The behaviour behind every generated view reader. What depends on the model comes from its plan.</summary>
/// <typeparam name="TView">The view.</typeparam>
/// <typeparam name="TKey">The type of its key.</typeparam>
public abstract partial class ViewReader<TView, TKey> : IViewReader<TView, TKey>
    where TView : class
    where TKey : notnull
{
    private readonly ViewPlan<TView, TKey> _plan;
    private readonly ViewDatabases _databases;

    /// <summary>Creates the reader over both databases.</summary>
    /// <param name="plan">The generated plan.</param>
    /// <param name="neon">The Neon database.</param>
    /// <param name="supabase">The Supabase database.</param>
    protected ViewReader(ViewPlan<TView, TKey> plan, NeonDatabase neon, SupabaseDatabase supabase)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(neon);
        ArgumentNullException.ThrowIfNull(supabase);
        _plan = plan;
        _databases = new ViewDatabases(neon, supabase);
    }

    private protected ViewReader(ViewReader<TView, TKey> other)
    {
        ArgumentNullException.ThrowIfNull(other);
        _plan = other._plan;
        _databases = other._databases;
    }

    /// <inheritdoc/>
    public ValueTask<TView?> FindAsync(TKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return FindCoreAsync(key, "FindAsync", cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<TView> GetAsync(TKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return await FindCoreAsync(key, "GetAsync", cancellationToken).ConfigureAwait(false) ?? throw _plan.NotFound(key);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TView>> ListAsync(IReadOnlyCollection<TKey> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        TKey[] asked = [.. keys];
        RefuseNulls(asked);
        return await ListCoreAsync(asked, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<TView> StreamAsync(int chunkSize = ViewDefaults.ChunkSize, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chunkSize, 1);
        return ChunkStream.ReadAsync(() => _plan.AllChunks(_databases, chunkSize), cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<TView> StreamAsync(
        IEnumerable<TKey> keys, int chunkSize = ViewDefaults.ChunkSize, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentOutOfRangeException.ThrowIfLessThan(chunkSize, 1);
        return StreamKeysAsync(keys, chunkSize, cancellationToken);
    }

    /// <inheritdoc/>
    public string Explain() => PlanText.Of(_plan);

    /// <summary>Begins a query; for generated code.</summary>
    /// <typeparam name="TRoot">The entity of the root member.</typeparam>
    /// <typeparam name="TMap">The generated facts of that.</typeparam>
    /// <param name="plan">The generated plan.</param>
    /// <param name="paths">How conditions on members become conditions on the root.</param>
    protected ViewQueryState<TView, TRoot> Begin<TRoot, TMap>(ViewPlan<TView, TRoot, TKey, TMap> plan, params MemberFilter<TRoot>[] paths)
        where TRoot : class
        where TMap : struct, IEntityMap<TRoot, TKey>
        => new(plan, _databases, paths);

    private async IAsyncEnumerable<TView> StreamKeysAsync(
        IEnumerable<TKey> keys, int chunkSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var chunks = keys.Chunk(chunkSize).GetEnumerator();
        await foreach (var view in ChunkStream.ReadAsync<TView>(() => NextAsync, cancellationToken).ConfigureAwait(false))
        {
            yield return view;
        }

        async Task<IReadOnlyList<TView>?> NextAsync(CancellationToken token)
        {
            if (!chunks.MoveNext())
            {
                return null;
            }

            RefuseNulls(chunks.Current);
            return await ReadAsync(chunks.Current, "StreamAsync", token).ConfigureAwait(false);
        }
    }

    private protected virtual async Task<IReadOnlyList<TView>> ListCoreAsync(IReadOnlyList<TKey> keys, CancellationToken cancellationToken)
    {
        if (keys.Count <= ViewDefaults.KeysPerStatement)
        {
            return await ReadAsync(keys, "ListAsync", cancellationToken).ConfigureAwait(false);
        }

        var views = new List<TView>(keys.Count);
        foreach (var run in keys.Chunk(ViewDefaults.KeysPerStatement))
        {
            views.AddRange(await ReadAsync(run, "ListAsync", cancellationToken).ConfigureAwait(false));
        }

        return views;
    }

    /// <summary>The views of keys at their places; null where there is none.</summary>
    private protected async Task<TView?[]> ReadEachAsync(IReadOnlyList<TKey> keys, CancellationToken cancellationToken)
    {
        var views = new List<TView?>(keys.Count);
        foreach (var run in keys.Chunk(ViewDefaults.KeysPerStatement))
        {
            var rows = await FetchAsync(run, "ListAsync", cancellationToken).ConfigureAwait(false);
            views.AddRange(run.Select(key => _plan.Assemble(rows, [key]) is [var view] ? view : null));
        }

        return [.. views];
    }

    private protected virtual async ValueTask<TView?> FindCoreAsync(TKey key, string operation, CancellationToken cancellationToken)
        => await ReadAsync([key], operation, cancellationToken).ConfigureAwait(false) is [var view] ? view : null;

    private async Task<List<TView>> ReadAsync(IReadOnlyList<TKey> keys, string operation, CancellationToken cancellationToken)
    {
        if (keys.Count == 0)
        {
            return [];
        }

        return _plan.Assemble(await FetchAsync(keys, operation, cancellationToken).ConfigureAwait(false), keys);
    }

    private async Task<FetchedRows> FetchAsync(IReadOnlyList<TKey> keys, string operation, CancellationToken cancellationToken)
    {
        var rows = new FetchedRows(_plan.Name, _plan.Members.Count, keys.Count == 1 ? keys : keys.Distinct().ToArray());
        await new ViewCall(_databases, operation, rows).RunAsync(_plan.Levels, cancellationToken).ConfigureAwait(false);
        return rows;
    }

    private static void RefuseNulls(TKey[] keys)
    {
        var index = Array.FindIndex(keys, static key => key is null);
        if (index >= 0)
        {
            throw new ArgumentException($"Key {index} is null. Leave it out.", nameof(keys));
        }
    }
}
