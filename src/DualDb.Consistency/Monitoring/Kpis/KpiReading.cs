using DualDb.Consistency.Monitoring.Measuring;
using DualDb.Consistency.Monitoring.Rollups;

namespace DualDb.Consistency.Monitoring.Kpis;

/// <summary>Reads the figures of a window, of all nodes. However many ask at once, the database is asked once, and not again for a piece's time.</summary>
internal sealed class KpiReading(OwnFigures own, RollupStore store, MonitoringClock clock, KpiTargets targets, TimeProvider time)
{
    /// <summary>So long the home database may take. One that hangs must not keep from being told what is known without it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>What could not be read is asked for again soon, however long the window is.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    /// <summary>What this node has measured longer ago is read like that of others: by then it may have been folded with theirs.</summary>
    private static readonly TimeSpan OwnAge = TimeSpan.FromDays(1);

    private readonly Cached[] _windows = [.. WindowPieces.Windows.Select(static _ => new Cached())];

    public async Task<KpiReport> ReadAsync(KpiWindow window, CancellationToken cancellationToken)
    {
        var cached = _windows[(int)window];
        await cached.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (cached.ReadAt == 0 || cached.Node != own.Node || time.GetElapsedTime(cached.ReadAt) >= (cached.IsComplete ? FreshFor(window) : Soon))
            {
                await RefreshAsync(window, cached, cancellationToken).ConfigureAwait(false);
            }

            return Calculate(window, cached);
        }
        finally
        {
            cached.Turn.Release();
        }
    }

    // A tenth of a piece, as far as that is not long to wait for what other nodes have just written; the shortest window is looked at live.
    private static TimeSpan FreshFor(KpiWindow window)
        => window == KpiWindow.Minute ? Soon : WindowPieces.Of(window).Piece / 10 is var tenth && tenth < Longest ? tenth : Longest;

    private async Task RefreshAsync(KpiWindow window, Cached cached, CancellationToken cancellationToken)
    {
        // After a clock has jumped, a node goes on under another name, and what it kept as the old one is among the others'.
        var node = own.Node;
        using var deadline = new CancellationTokenSource(Patience, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            // The reading itself ends a little later where a server does not even take note of its cancellation.
            var now = clock.Now;
            var since = WindowPieces.Of(window).BeginOf(now - OwnAge);
            cached.Others = await store.ReadAsync(window, WindowPieces.Of(window).FirstOf(now), node, since, ending.Token).WaitAsync(ending.Token).ConfigureAwait(false);
            (cached.Own, cached.IsComplete, cached.Missing) = (since, true, null);
        }
        catch (SchemaVersionException missing)
        {
            // That does not mend itself: somebody has to install it, and is told how.
            (cached.IsComplete, cached.Missing) = (false, missing.Message);
        }
        catch (Exception failure) when (failure is DualDbException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // What is known is still told; it is said that it is not all.
            (cached.IsComplete, cached.Missing) = (false, null);
        }

        (cached.ReadAt, cached.Node) = (time.GetTimestamp(), node);
    }

    private KpiReport Calculate(KpiWindow window, Cached cached)
    {
        var now = clock.Now;
        var (pieces, total) = (WindowPieces.Of(window), new Figures());
        var byPiece = new SortedDictionary<DateTimeOffset, Figures>();
        for (var began = pieces.FirstOf(now); began <= now; began += pieces.Piece)
        {
            byPiece[began] = new Figures();
        }

        foreach (var rollup in cached.Others.Concat(own.Of(window, now).Where(rollup => rollup.BeganAt >= cached.Own)))
        {
            // Of times to come there may be some, when a clock was ahead.
            if (byPiece.TryGetValue(rollup.BeganAt, out var piece))
            {
                piece.Add(rollup.Figures);
                total.Add(rollup.Figures);
            }
        }

        return new KpiReport(window, now, new KpiCalculation(targets, total, [.. byPiece.Values]).Run()) { IsComplete = cached.IsComplete, Missing = cached.Missing };
    }

    private sealed class Cached
    {
        public SemaphoreSlim Turn { get; } = new(1);

        public long ReadAt { get; set; }

        public Guid Node { get; set; }

        public IReadOnlyList<Rollup> Others { get; set; } = [];

        /// <summary>From when on this node's own memory counts; before, what was read.</summary>
        public DateTimeOffset Own { get; set; } = DateTimeOffset.MinValue;

        public bool IsComplete { get; set; } = true;

        public string? Missing { get; set; }
    }
}
