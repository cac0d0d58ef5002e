namespace DualDb.Caching.Worker;

/// <summary>Notes for how long this node was cut off from the others: Redis away, or invalidations still to be sent.</summary>
internal sealed class RedisWatch(WorkerDb db, OperationLog log)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(5);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        long? since = null;
        var last = OperationLog.Now;
        while (!cancellationToken.IsCancellationRequested)
        {
            var before = last;
            last = OperationLog.Now;
            var figures = db.Cache.GetStatistics();
            var isCutOff = figures.Redis != RedisState.Connected || figures.InvalidationsOwed > 0;
            if (isCutOff)
            {
                since ??= before;
            }
            else if (since is { } began)
            {
                log.Add("outage", began);
                since = null;
            }

            await Task.Delay(Poll, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (since is { } open)
        {
            log.Add("outage", open);
        }
    }
}
