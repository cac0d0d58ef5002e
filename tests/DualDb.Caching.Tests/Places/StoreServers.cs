using DualDb.Caching.Tests;
using DualDb.Testing;

[assembly: AssemblyFixture(typeof(StoreServers))]

namespace DualDb.Caching.Tests;

/// <summary>The servers of these tests. Each test takes a pair of databases and a prefix in Redis of its own.</summary>
public sealed class StoreServers : IAsyncLifetime
{
    private LocalServers? _servers;
    private int _stores;

    public LocalServers Servers => _servers!;

    public LocalRedis Redis => Servers.Redis!;

    public async ValueTask InitializeAsync()
        => _servers = await LocalServers.StartAsync(static options => options.Redis = true, TestContext.Current.CancellationToken);

    /// <summary>A pair of new databases with the tables of all models.</summary>
    /// <param name="redis">Where Redis is; null for the shared one.</param>
    public async Task<Store> CreateAsync(string? redis = null)
    {
        var name = $"store_{Interlocked.Increment(ref _stores)}";
        var store = new Store(
            name, await Servers.Neon.CreateDatabaseAsync(name), await Servers.Supabase.CreateDatabaseAsync(name), redis ?? Redis.ConnectionString);
        await store.Create(static _ => { }, redis: false).CreateTablesAsync();
        return store;
    }

    public async ValueTask DisposeAsync()
    {
        if (_servers is not null)
        {
            await _servers.DisposeAsync();
        }
    }
}
