using DualDb.Testing;

namespace DualDb.Caching.Tests.Linearizability;

/// <summary>
/// Four processes read and write the same few rows while Redis is restarted and their connections to it are cut. What one of them has acknowledged no later read of its own misses, and
/// no read of another one a second after the two could speak to each other. Entries live longer than the run: nothing but invalidation makes a read right.
/// </summary>
internal static class SharedRows
{
    private const int Nodes = 4;

    /// <summary>How long a node may take to be back after an event: reconnecting, with all cores taken by other tests.</summary>
    private static readonly TimeSpan LongestOutage = TimeSpan.FromSeconds(15);

    public static async Task RunAsync(StoreServers servers, LocalRedis redis, int seconds, Func<Task> underWay)
    {
        await using var proxy = await LatencyProxy.StartAsync(redis.Host, redis.Port);
        await using var store = await servers.CreateAsync(proxy.Rewrite(redis.ConnectionString));
        await Worker.PrepareAsync(store);
        Worker[] workers = [.. Enumerable.Range(0, Nodes).Select(node => Worker.Start(store, seconds, seed: 1_000 * node))];
        try
        {
            await Task.WhenAll(workers.Select(static worker => worker.ReadyAsync()));
            foreach (var worker in workers)
            {
                worker.Begin();
            }

            await DisturbAsync(redis, proxy, underWay, TimeSpan.FromSeconds(seconds) / 6);
            var history = new History(await Task.WhenAll(workers.Select(static worker => worker.EndAsync())));
            AssertSound(history, seconds);
        }
        finally
        {
            Array.ForEach(workers, static worker => worker.Dispose());
        }
    }

    /// <summary>Two restarts of Redis and three cuts of the connections to it, spread over the run. The pauses are the length of the test, not waited for anything.</summary>
    private static async Task DisturbAsync(LocalRedis redis, LatencyProxy proxy, Func<Task> underWay, TimeSpan pause)
    {
        await Task.Delay(pause, TestContext.Current.CancellationToken);
        await proxy.CutAsync();
        await underWay();
        await Task.Delay(pause, TestContext.Current.CancellationToken);
        await redis.RestartAsync(TestContext.Current.CancellationToken);
        await Task.Delay(pause, TestContext.Current.CancellationToken);
        await proxy.CutAsync();
        await Task.Delay(pause, TestContext.Current.CancellationToken);
        await redis.KillAsync(TestContext.Current.CancellationToken);
        await Task.Delay(pause / 4, TestContext.Current.CancellationToken);
        await redis.StartAgainAsync(TestContext.Current.CancellationToken);
        await Task.Delay(pause / 2, TestContext.Current.CancellationToken);
        await proxy.CutAsync();
    }

    private static void AssertSound(History history, int seconds)
    {
        var violations = history.Violations();
        Assert.True(violations.Count == 0, $"{violations.Count} stale answers in {history.Reads} reads:\n{string.Join('\n', violations.Take(20))}");

        // The test has happened: reads and writes in number, every node cut off by every event, and none of them for good.
        Assert.True(history.Reads > seconds * 50, $"Only {history.Reads} reads.");
        Assert.True(history.Writes > seconds * 5, $"Only {history.Writes} writes.");
        Assert.All(Enumerable.Range(0, Nodes), node => Assert.InRange(history.Outages(node), 2, int.MaxValue));
        Assert.True(history.LongestOutage < LongestOutage, $"A node was cut off for {history.LongestOutage}.");
        TestContext.Current.SendDiagnosticMessage($"{history.Reads} reads, {history.Writes} writes, longest outage {history.LongestOutage}.");
    }
}
