using DualDb.Mapping;
using DualDb.Querying;
using DualDb.Views;

namespace DualDb;

// What reads views.
public abstract partial class ViewQuery<TView, TRoot, TColumns, TSelf>
{
    private ViewMember<TRoot> Root => (ViewMember<TRoot>)_state.Roots.Members[0];

    /// <summary>The views. Without <see cref="Take"/> all of them: use <see cref="StreamAsync"/> where they may be many.</summary>
    /// <param name="cancellationToken">Cancels the reads, in both databases.</param>
    /// <exception cref="ViewMemberMissingException">The row of a member is missing, and the member accepts no null.</exception>
    /// <exception cref="ViewMemberFailedException">A member could not be read.</exception>
    public async Task<IReadOnlyList<TView>> ToListAsync(CancellationToken cancellationToken = default)
        => await ListAsync("ToListAsync", _state.Take, cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// The first view, or null. Views that a missing row makes skip themselves are passed over, among at most as many root rows as <see cref="Take"/> allows.
    /// </summary>
    /// <param name="cancellationToken">Cancels the reads, in both databases.</param>
    /// <exception cref="ViewMemberMissingException">The row of a member is missing, and the member accepts no null.</exception>
    /// <exception cref="ViewMemberFailedException">A member could not be read.</exception>
    public async Task<TView?> FirstOrDefaultAsync(CancellationToken cancellationToken = default)
    {
        var state = await ResolveAsync("FirstOrDefaultAsync", cancellationToken).ConfigureAwait(false);
        var roots = await RootsAsync("FirstOrDefaultAsync", state, take: 1, cancellationToken).ConfigureAwait(false);
        var views = await CompleteAsync("FirstOrDefaultAsync", roots, cancellationToken).ConfigureAwait(false);
        return views.Count > 0 || roots.Count == 0 || _state.Take == 1
            ? views.FirstOrDefault()
            : await FirstNotSkippedAsync(state, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How many root rows meet the conditions; views that a missing row makes skip themselves are counted.</summary>
    /// <param name="cancellationToken">Cancels the reads, in both databases.</param>
    /// <exception cref="ViewMemberFailedException">A member could not be read.</exception>
    public async Task<long> CountAsync(CancellationToken cancellationToken = default)
    {
        var state = await ResolveAsync("CountAsync", cancellationToken).ConfigureAwait(false) with { Order = [], Take = _state.Take };
        if (state.MatchesNothing)
        {
            return 0;
        }

        var source = Root.SourceIn(_state.Databases);
        var text = state.IsLimited
            ? new SelectText<TRoot>(source.Facts, state, new FixedSelection<TRoot>("1"), around: "select count(*)")
            : new SelectText<TRoot>(source.Facts, state, new FixedSelection<TRoot>("count(*)"));
        var counts = await NamingRootAsync(() => source.ListAsync("CountAsync", text, static row => row.GetInt64(0), transaction: null, cancellationToken)).ConfigureAwait(false);
        return counts[0];
    }

    /// <summary>
    /// One page of views, in the declared order of the root with its key as tie-breaker. A page begins where the one before ended, however many
    /// rows came or went meanwhile. Views that a missing row makes skip themselves are missing from their page.
    /// </summary>
    /// <param name="size">At most so many views, 1 or more. It may change from page to page.</param>
    /// <param name="cursor"><see cref="Page{T}.Next"/> or <see cref="Page{T}.Previous"/> of a page of the same query; null for the first page.</param>
    /// <param name="cancellationToken">Cancels the reads, in both databases.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is below 1.</exception>
    /// <exception cref="InvalidCursorException">The cursor was made by another query or order, or was changed.</exception>
    /// <exception cref="InvalidOperationException">The query has a limit of its own.</exception>
    public async Task<Page<TView>> ToPageAsync(int size, string? cursor = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        var page = await RootPageAsync("ToPageAsync", Declared() with { Take = _state.Take }, size, cursor, resolved: null, cancellationToken).ConfigureAwait(false);
        var views = await CompleteAsync("ToPageAsync", page.Items, cancellationToken).ConfigureAwait(false);
        return new Page<TView>(views, page.Next, page.Previous);
    }

    /// <summary>The views in chunks: the next chunk is fetched while the current one is consumed.</summary>
    /// <param name="chunkSize">How many views are fetched at once, 1 or more.</param>
    /// <param name="cancellationToken">Cancels the reads, in both databases.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chunkSize"/> is below 1.</exception>
    /// <exception cref="NotSupportedException">The order has a column whose values no cursor can hold.</exception>
    public IAsyncEnumerable<TView> StreamAsync(int chunkSize = ViewDefaults.ChunkSize, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chunkSize, 1);
        return ChunkStream.ReadAsync(() => Chunks("StreamAsync", chunkSize, resolved: null), cancellationToken);
    }

    /// <summary>Fetches all views in their order, a chunk at each call; null behind the last.</summary>
    private Func<CancellationToken, Task<IReadOnlyList<TView>?>> Chunks(string operation, int chunkSize, QueryState<TRoot>? resolved)
    {
        string? cursor = null;
        var remaining = _state.Take ?? int.MaxValue;
        var isLast = false;
        return NextAsync;

        async Task<IReadOnlyList<TView>?> NextAsync(CancellationToken token)
        {
            if (isLast)
            {
                return null;
            }

            resolved ??= await ResolveAsync(operation, token).ConfigureAwait(false);
            var page = await RootPageAsync(operation, Declared(), Math.Min(chunkSize, remaining), cursor, resolved, token).ConfigureAwait(false);
            cursor = page.Next;
            remaining -= page.Items.Count;
            isLast = cursor is null || remaining == 0;
            return await CompleteAsync(operation, page.Items, token).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<TView>> ListAsync(string operation, int? take, CancellationToken cancellationToken)
    {
        var state = await ResolveAsync(operation, cancellationToken).ConfigureAwait(false);
        var roots = await RootsAsync(operation, state, take, cancellationToken).ConfigureAwait(false);
        return await CompleteAsync(operation, roots, cancellationToken).ConfigureAwait(false);
    }

    private async Task<TView?> FirstNotSkippedAsync(QueryState<TRoot> resolved, CancellationToken cancellationToken)
    {
        // Chunks follow each other by cursors, which do not hold the values of every column.
        if (_state.Order.Any(static term => !term.IsForCursors))
        {
            return (await ListAsync("FirstOrDefaultAsync", _state.Take, cancellationToken).ConfigureAwait(false)).FirstOrDefault();
        }

        var next = Chunks("FirstOrDefaultAsync", ViewDefaults.RootsPerSearch, resolved);
        while (await next(cancellationToken).ConfigureAwait(false) is { } views)
        {
            if (views is [var first, ..])
            {
                return first;
            }
        }

        return null;
    }

    // Without an order, that of the key; with one, the key decides among equals, as it does for pages.
    private async Task<IReadOnlyList<TRoot>> RootsAsync(string operation, QueryState<TRoot> state, int? take, CancellationToken cancellationToken)
    {
        if (state.MatchesNothing)
        {
            return [];
        }

        var source = Root.SourceIn(_state.Databases);
        var text = new SelectText<TRoot>(source.Facts, state with { Order = TotalOrder.Of(_state.Order, TColumns.Key), Take = take }, WholeRow<TRoot>.Instance);
        return await NamingRootAsync(() => source.ListAsync(operation, text, transaction: null, cancellationToken)).ConfigureAwait(false);
    }

    private async Task<Page<TRoot>> RootPageAsync(
        string operation, QueryState<TRoot> declared, int size, string? cursor, QueryState<TRoot>? resolved, CancellationToken cancellationToken)
    {
        var source = Root.SourceIn(_state.Databases);

        // A cursor belongs to the conditions as they were declared; the keys that they stand for may be others by now.
        var fingerprint = _state.Fingerprints.SelectMany(static part => part).ToArray();
        var reader = new PageReader<TRoot, TRoot>(source, declared, TColumns.Key, selected: null, source.ReadRow);
        return await NamingRootAsync(async () => await reader.ReadAsync(
            size,
            cursor,
            fingerprint,
            async () => resolved ?? await ResolveAsync(operation, cancellationToken).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private QueryState<TRoot> Declared()
        => new() { Filter = _state.MatchesNothing ? Filter<TRoot>.None : _state.Filters.Of<TRoot>(0), Order = _state.Order };

    /// <summary>The condition on the root that stands for those on all members.</summary>
    private async Task<QueryState<TRoot>> ResolveAsync(string operation, CancellationToken cancellationToken)
    {
        var declared = Declared();
        if (declared.MatchesNothing)
        {
            return declared;
        }

        var call = new FilterCall(_state.Roots.Name, _state.Databases, operation, _state.Filters);
        return declared with
        {
            Filter = await call.ResolveAsync(new FilterSource<TRoot>(Root, call), declared.Filter, _state.Paths, cancellationToken).ConfigureAwait(false),
        };
    }

    private async Task<IReadOnlyList<TView>> CompleteAsync(string operation, IReadOnlyList<TRoot> roots, CancellationToken cancellationToken)
    {
        var views = new List<TView>(roots.Count);
        foreach (var run in KeyRuns.Of(roots))
        {
            views.AddRange(await _state.Roots.CompleteAsync(_state.Databases, operation, run, cancellationToken).ConfigureAwait(false));
        }

        return views;
    }

    private async ValueTask<T> NamingRootAsync<T>(Func<ValueTask<T>> read)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (DualDbException exception) when (exception is not (ViewMemberFailedException or InvalidCursorException or InvalidEntityException))
        {
            throw new ViewMemberFailedException(_state.Roots.Name, Root.Name, Root.Entity.Database, exception);
        }
    }
}
