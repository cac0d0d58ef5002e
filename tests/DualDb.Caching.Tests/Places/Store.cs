using System.Globalization;

namespace DualDb.Caching.Tests;

/// <summary>A pair of databases, and the nodes of an application over it.</summary>
public sealed class Store(string prefix, string neon, string supabase, string redis) : IAsyncDisposable
{
    private readonly List<StoreDb> _nodes = [];
    private int _skus;

    public string Prefix => prefix;

    public string Neon => neon;

    public string Supabase => supabase;

    /// <summary>Another node: a root of its own, with memory of its own.</summary>
    public StoreDb Create(Action<DualDbOptions>? configure = null, bool redis = true)
    {
        var node = StoreDb.Create(options =>
        {
            options.Neon.ConnectionString = neon;
            options.Supabase.ConnectionString = supabase;
            options.Caching.KeyPrefix = prefix;
            options.Caching.Redis = redis ? RedisAddress : null;
            options.Caching.RedisTimeout = Node.Patience;
            configure?.Invoke(options);
        });
        lock (_nodes)
        {
            _nodes.Add(node);
        }

        return node;
    }

    public string RedisAddress => redis;

    /// <summary>A product that nothing else is like.</summary>
    public Product NewProduct(string name = "Lamp", Guid? shop = null, decimal price = 1)
        => new() { Sku = string.Create(CultureInfo.InvariantCulture, $"S{Interlocked.Increment(ref _skus)}-{Guid.NewGuid():n}"), Name = name, ShopId = shop ?? Guid.NewGuid(), Price = price };

    /// <summary>Ends all nodes.</summary>
    public async Task StopNodesAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        _nodes.Clear();
    }

    public async ValueTask DisposeAsync() => await StopNodesAsync();
}
