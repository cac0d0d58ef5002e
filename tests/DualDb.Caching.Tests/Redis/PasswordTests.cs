using DualDb.Testing;
using StackExchange.Redis;

namespace DualDb.Caching.Tests.Redis;

/// <summary>A Redis that refuses the password.</summary>
public sealed class PasswordTests(StoreServers servers)
{
    [Fact]
    public async Task A_wrong_password_is_told_once_and_tried_until_it_is_right()
    {
        await using var redis = await LocalRedis.StartAsync(static options => options.Password = "right");
        await using var proxy = await LatencyProxy.StartAsync(redis.Host, redis.Port);
        await using var store = await servers.CreateAsync($"redis://:mistaken@{proxy.Host}:{proxy.Port}");
        using var log = new RecordedLog();
        var node = Node.Create(store, log: log);
        await using var cache = node.Cache;
        var lamp = await node.Products.InsertAsync(store.NewProduct());

        Assert.Equal(lamp, await node.Products.FindAsync(lamp.Id));
        Assert.Same(await node.Products.FindAsync(lamp.Id), await node.Products.FindAsync(lamp.Id));
        var tried = proxy.AcceptedConnections;
        await Eventually.HoldsAsync(() => proxy.AcceptedConnections > tried + 4, "It is not tried again.");
        var warning = Assert.Single(log.Warnings);
        Assert.DoesNotContain("mistaken", warning, StringComparison.Ordinal);
        Assert.Contains("Redis", warning, StringComparison.Ordinal);

        using var administrator = await ConnectionMultiplexer.ConnectAsync($"{redis.Host}:{redis.Port},password=right,allowAdmin=true");
        await administrator.GetServer(redis.Host, redis.Port).ConfigSetAsync("requirepass", "mistaken");
        await Eventually.HoldsAsync(() => node.Cache.GetStatistics().Redis == RedisState.Connected, "It is not found again.");
        Assert.Single(log.Warnings);
    }
}
