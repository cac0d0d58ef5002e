using DualDb.Testing;

namespace DualDb.Caching.Tests.Linearizability;

/// <summary>Four nodes over a Redis that forgets everything when it is restarted.</summary>
public sealed class LinearizabilityTests(StoreServers servers)
{
    [Fact]
    public async Task No_acknowledged_write_is_missed_in_a_minute_of_restarts_and_cuts()
    {
        await using var redis = await LocalRedis.StartAsync();
        await SharedRows.RunAsync(servers, redis, seconds: 60, static () => Task.CompletedTask);
    }
}
