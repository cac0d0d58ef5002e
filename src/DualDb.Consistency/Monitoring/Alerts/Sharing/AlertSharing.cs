using DualDb.Consistency.Schema;

namespace DualDb.Consistency.Monitoring.Alerts.Sharing;

/// <summary>
/// Shares with the other nodes what is the matter, and who evaluates it: through the home database, and while that is away through the other one. While neither can be reached, each node evaluates for itself: what is told twice is better than what is not told.
/// </summary>
/// <param name="databases">The home database first.</param>
/// <param name="application">Whose alerts.</param>
/// <param name="node">This node.</param>
/// <param name="repeatEvery">How often an alert is told at most.</param>
internal sealed class AlertSharing(IReadOnlyList<PostgresDatabase> databases, string application, Guid node, TimeSpan repeatEvery)
{
    /// <summary>How long a node counts after it was last heard of, and how long one evaluates for the others.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan SettleEvery = TimeSpan.FromMinutes(1);
    private const int Strayed = 1000;

    private static readonly TimeSpan LeavePatience = TimeSpan.FromSeconds(3);

    private readonly AlertStore[] _stores = [.. databases.Select(database => new AlertStore(database, application))];
    private readonly bool[] _isInstalled = new bool[databases.Count];

    // Whether something is kept in the other database. At first it is not looked for: that would wake a Neon that nobody uses.
    private bool _mayHaveStrayed;
    private long? _settledAt;

    /// <summary>The store that answered last; null for none.</summary>
    public AlertStore? Current { get; private set; }

    /// <summary>Exchanges with the others.</summary>
    /// <param name="own">What is the matter as this node sees it.</param>
    /// <param name="patience">How long each database may take.</param>
    /// <param name="cancellationToken">Cancels the exchange.</param>
    /// <returns>What came of it, and why the home database could not be used; null for that where it could.</returns>
    public async Task<(Exchange Exchange, Exception? Failure)> RunAsync(IReadOnlyList<AlertSignal> own, TimeSpan patience, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        for (var place = 0; place < _stores.Length; place++)
        {
            using var deadline = new CancellationTokenSource(patience, databases[place].Clock);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
            try
            {
                if (!_isInstalled[place])
                {
                    await SchemaInstallation.RequireAsync(databases[place], AlertSchema.Module, ending.Token).ConfigureAwait(false);
                    _isInstalled[place] = true;
                }

                if (place > 0 && Current != _stores[place])
                {
                    await _stores[place].ForgetStaleAsync(ending.Token).ConfigureAwait(false);
                }

                var exchange = await _stores[place].ExchangeAsync(node, own, Lease, repeatEvery, ending.Token).ConfigureAwait(false);
                Current = _stores[place];
                await SettleWhereDueAsync(place, patience, cancellationToken).ConfigureAwait(false);
                return (exchange, failure);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                // Whatever it is, and also where it is nobody's fault but this library's: who no longer shares would no longer tell.
                failure ??= exception;
            }
        }

        Current = null;
        return (Exchange.Alone, failure);
    }

    /// <summary>
    /// What was told of through the other database while the home database was away goes on in the home database, and is over there: it would come back with the next outage, weeks later, as something that has just ended.
    /// </summary>
    private async Task SettleWhereDueAsync(int place, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (place > 0)
        {
            _mayHaveStrayed = true;
            return;
        }

        if (!_mayHaveStrayed || (_settledAt is { } at && databases[0].Clock.GetElapsedTime(at) < SettleEvery))
        {
            return;
        }

        _settledAt = databases[0].Clock.GetTimestamp();
        using var deadline = new CancellationTokenSource(patience, databases[0].Clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            foreach (var other in _stores[1..])
            {
                var strayed = await other.ListAsync(openOnly: false, Strayed, ending.Token).ConfigureAwait(false);
                List<AlertState> open = [.. strayed.Where(static state => state.ResolvedAt is null)];

                // What was over meanwhile is not over in the home database before it is told so.
                await _stores[0].EndAsync([.. strayed.Where(static state => state.ResolvedAt is not null)], ending.Token).ConfigureAwait(false);
                await _stores[0].AdoptAsync(open, ending.Token).ConfigureAwait(false);
                await other.HandOverAsync(open, ending.Token).ConfigureAwait(false);
            }

            (_mayHaveStrayed, _settledAt) = (false, null);

            // It lies there for nothing otherwise, if the application never needs that database again.
            foreach (var other in _stores[1..])
            {
                await other.LeaveAsync(node, ending.Token).ConfigureAwait(false);
                await other.PurgeAsync(ending.Token).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // The other one is away just now. It is tried again.
        }
    }

    /// <summary>Another node need not wait for the lease of this one.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        if (Current is { } store)
        {
            using var deadline = new CancellationTokenSource(LeavePatience, databases[0].Clock);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
            try
            {
                await store.LeaveAsync(node, ending.Token).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is DualDbException or OperationCanceledException)
            {
                // It expires.
            }
        }
    }
}
