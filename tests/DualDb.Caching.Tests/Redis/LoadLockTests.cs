using DualDb.Testing;

namespace DualDb.Caching.Tests.Redis;

/// <summary>The turn to load a key, of all nodes.</summary>
public sealed class LoadLockTests(StoreServers servers)
{
    [Fact]
    public async Task Two_nodes_that_miss_a_key_at_once_take_one_statement()
    {
        await using var store = await servers.CreateAsync();
        await using var proxy = await LatencyProxy.StartAsync("127.0.0.1", servers.Servers.Neon.Port);
        var first = store.Create(options =>
        {
            options.Neon.ConnectionString = proxy.Rewrite(store.Neon);
            options.Caching.LoadLock = TimeSpan.FromSeconds(20);
        });
        var second = store.Create(static options => options.Caching.LoadLock = TimeSpan.FromSeconds(20));
        var lamp = await second.Products.InsertAsync(store.NewProduct());
        await first.Neon.PingAsync();

        using var counter = StatementCounter.Start();
        var held = proxy.HoldNextReply();
        var loading = first.Products.GetAsync(lamp.Id).AsTask();
        await held.Arrived.WaitAsync(TimeSpan.FromSeconds(20));
        var waiting = second.Products.GetAsync(lamp.Id).AsTask();
        held.Release();

        Assert.Equal([lamp, lamp], await Task.WhenAll(loading, waiting));
        Assert.Equal(1, counter.Count);
    }

    [Fact]
    public async Task Nobody_waits_for_a_turn_while_Redis_is_away()
    {
        await using var store = await servers.CreateAsync();
        var node = store.Create(static options =>
        {
            options.Caching.Redis = "redis://127.0.0.1:1";
            options.Caching.LoadLock = TimeSpan.FromHours(1);
        });
        var lamp = await node.Products.InsertAsync(store.NewProduct());

        using var counter = StatementCounter.Start();
        Assert.Equal(lamp, await node.Products.GetAsync(lamp.Id).AsTask().WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal(1, counter.Count);
    }
}
