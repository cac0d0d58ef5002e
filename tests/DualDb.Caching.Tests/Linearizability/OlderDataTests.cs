using DualDb.Testing;
using StackExchange.Redis;

namespace DualDb.Caching.Tests.Linearizability;

/// <summary>Four nodes over a Redis that comes back with a state from some time ago: what it holds must not be believed.</summary>
public sealed class OlderDataTests(StoreServers servers)
{
    [Fact]
    public async Task No_acknowledged_write_is_missed_though_Redis_comes_back_with_older_data()
    {
        await using var redis = await LocalRedis.StartAsync(static options => options.KeepsData = true);
        await SharedRows.RunAsync(servers, redis, seconds: 20, async () =>
        {
            // From here on it keeps nothing, and comes back with what it has kept.
            using var connection = await ConnectionMultiplexer.ConnectAsync($"{redis.Host}:{redis.Port},allowAdmin=true");
            await connection.GetServer(redis.Host, redis.Port).ConfigSetAsync("appendonly", "no");
        });
    }
}
