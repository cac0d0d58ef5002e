using DualDb.Consistency.Monitoring;
using DualDb.Monitoring.Tests.Places;

namespace DualDb.Monitoring.Tests.Kpis;

/// <summary>The cache's hit rates by level, against a ledger of the reads of two nodes that share a Redis.</summary>
public sealed class CacheTruthTests(MonitoringServers servers)
{
    [Fact]
    public async Task Hit_rates_are_those_of_the_reads_by_level_over_all_nodes()
    {
        await using var place = await MonitoredPlace.CreateAsync(servers);
        var redis = servers.Servers.Redis!.ConnectionString;
        var (one, two) = (await place.StartAsync(redis: redis), await place.StartAsync(redis: redis));
        (_, _) = (one.Monitoring, two.Monitoring);
        await MonitoredPlace.AskAsync<object>(place.Supabase, "insert into buyers select gen_random_uuid(), 'Buyer ' || n from generate_series(1, 100) n returning 1");
        var buyers = await MonitoredPlace.AskAsync<Guid[]>(place.Supabase, "select array_agg(id order by id) from buyers");
        var ledger = (Memory: 0, Redis: 0, Misses: 0);

        // What nobody has: from the database. What one has: the other finds it in Redis. What it has itself: from memory.
        ledger.Misses += await ReadAsync(one, buyers);
        ledger.Memory += await ReadAsync(one, buyers[..60]) + await ReadAsync(one, buyers[..37]);
        ledger.Redis += await ReadAsync(two, buyers[10..90]);
        ledger.Memory += await ReadAsync(two, buyers[20..70]);
        ledger.Misses += await ReadAsync(two, [.. Enumerable.Range(0, 13).Select(static _ => Guid.NewGuid())]);

        // As an operator drops it; then all is loaded anew.
        await one.Db.Cache.InvalidateAsync<Buyer>();
        ledger.Misses += await ReadAsync(one, buyers[..25]);

        var reads = ledger.Memory + ledger.Redis + ledger.Misses;
        await Eventually.HoldsAsync(async () => (await one.KpiAsync(KpiKind.CacheHitRate))?.Count == reads, $"all {reads} reads are told");
        await IsAsync("", ledger.Memory + ledger.Redis, reads);
        await IsAsync("memory", ledger.Memory, reads);
        await IsAsync("redis", ledger.Redis, ledger.Redis + ledger.Misses);

        async Task IsAsync(string level, double hits, double all)
        {
            var kpi = (await one.KpiAsync(KpiKind.CacheHitRate, level))!;
            Assert.Equal(all, kpi.Count);
            Assert.InRange(kpi.Value!.Value / (hits / all), 0.99, 1.01);
        }
    }

    private static async Task<int> ReadAsync(MonitoredNode node, IReadOnlyList<Guid> buyers)
    {
        foreach (var buyer in buyers)
        {
            await node.Db.Buyers.FindAsync(buyer);
        }

        return buyers.Count;
    }
}
