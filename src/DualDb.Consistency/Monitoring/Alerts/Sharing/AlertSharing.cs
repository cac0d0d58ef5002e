using DualDb.Consistency.Schema;

namespace DualDb.Consistency.Monitoring.Alerts.Sharing;

/// <summary>
/// Shares with the other nodes what is the matter, and who evaluates it: through the home database, and while that is away through the other one. While neither can be reached, each node evaluates for itself: what is told twice is better than what is not told.
/// </summary>
/// <param name="databases">The home database first.</param>
/// <param name="application">Whose alerts.</param>
/// <param name="node">This node.</param>
internal sealed class AlertSharing(IReadOnlyList<PostgresDatabase> databases, string application, Guid node)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LeavePatience = TimeSpan.FromSeconds(3);

    private readonly AlertStore[] _stores = [.. databases.Select(database => new AlertStore(database, application))];
    private readonly bool[] _isInstalled = new bool[databases.Count];

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

                var exchange = await _stores[place].ExchangeAsync(node, own, Lease, ending.Token).ConfigureAwait(false);
                Current = _stores[place];
                return (exchange, failure);
            }
            catch (Exception exception) when (exception is DualDbException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                failure ??= exception;
            }
        }

        Current = null;
        return (new Exchange(IsHolder: true, [], [], []), failure);
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
