namespace DualDb.Caching.Tests.Chaos;

/// <summary>Three nodes, each of them with a Redis that goes wrong in its own way: callers notice nothing, and when all is well again nobody holds an old row.</summary>
public sealed class ChaosTests(StoreServers servers)
{
    private const int Nodes = 3;
    private const int Operations = 250;

    internal static readonly IReadOnlyDictionary<string, Func<int, Disorder>> Disorders = new Dictionary<string, Func<int, Disorder>>(StringComparer.Ordinal)
    {
        ["throw"] = static seed => new Disorder(seed) { Throw = 0.1 },
        ["delay"] = static seed => new Disorder(seed) { Delay = 0.1 },
        ["hang"] = static seed => new Disorder(seed) { Hang = 0.05 },
        ["drop"] = static seed => new Disorder(seed) { Drop = 0.5 },
        ["duplicate"] = static seed => new Disorder(seed) { Duplicate = 0.5 },
        ["reorder"] = static seed => new Disorder(seed) { Reorder = 0.5 },
        ["everything"] = static seed => new Disorder(seed) { Throw = 0.03, Delay = 0.03, Hang = 0.02, Drop = 0.2, Duplicate = 0.2, Reorder = 0.2 },
    };

    public static TheoryData<string> Names() => [.. Disorders.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nobody_notices_and_nothing_old_survives(string name)
    {
        await using var store = await servers.CreateAsync();
        Disorder[] disorders = [.. Enumerable.Range(1, Nodes).Select(seed => Disorders[name](seed))];
        StoreDb[] nodes = [.. disorders.Select(disorder => CreateNode(store, disorder))];
        var products = await nodes[0].Products.InsertManyAsync([.. Enumerable.Range(0, 6).Select(_ => store.NewProduct())]);

        await Task.WhenAll(nodes.Select((node, index) => WorkAsync(node, products, seed: index)));

        Array.ForEach(disorders, static disorder => disorder.Calm());
        await Eventually.HoldsAsync(
            () => nodes.All(static node => node.Cache.GetStatistics() is { Redis: RedisState.Connected, InvalidationsOwed: 0 }), "A node did not come back.");
        foreach (var product in products)
        {
            var row = await nodes[0].Products.Fresh().GetAsync(product.Id);
            foreach (var node in nodes)
            {
                await Eventually.HoldsAsync(async () => await node.Products.GetAsync(row.Id) == row, "An old row survived.");
                await Eventually.HoldsAsync(async () => await node.Products.FindBySkuAsync(row.Sku) == row, "An old row survived behind a unique value.");
                await Eventually.HoldsAsync(async () => (await node.Products.ListByShopIdAsync(row.ShopId)).Single() == row, "An old list survived.");
            }
        }

        foreach (var node in nodes)
        {
            await node.Cache.DisposeAsync();
        }
    }

    private static StoreDb CreateNode(Store store, Disorder disorder)
    {
        var databases = store.Create(redis: false);
        var options = new CachingOptions { RedisTimeout = DisorderedRedis.Late / 2, RedisRetryDelay = TimeSpan.FromMilliseconds(20), LoadLock = TimeSpan.FromMilliseconds(200) };
        var connector = new DisorderedRedis(new StackExchangeConnector(store.RedisAddress), disorder);
        return new StoreDb(databases.Neon, databases.Supabase, new DualDbCache(new CacheCore(options, store.Prefix, TimeProvider.System, connector, loggerFactory: null)));
    }

    /// <summary>Reads and writes; what this node has written itself it reads back whatever Redis does.</summary>
    private static async Task WorkAsync(StoreDb node, IReadOnlyList<Product> products, int seed)
    {
        var random = new Random(seed);
        var written = new Dictionary<long, int>();
        for (var operation = 0; operation < Operations; operation++)
        {
            var product = products[random.Next(products.Count)];
            switch (random.Next(6))
            {
                case 0:
                    written[product.Id] = (await node.Products.PatchAsync(product.Id, set => set.Name("patched"))).Version;
                    break;
                case 1:
                    Assert.All(await node.Products.FindManyAsync([.. products.Select(static row => row.Id)]), row => AssertRecent(row, written));
                    break;
                case 2:
                    AssertRecent(await node.Products.FindBySkuAsync(product.Sku), written);
                    break;
                case 3:
                    AssertRecent((await node.Products.ListByShopIdAsync(product.ShopId)).Single(), written);
                    break;
                default:
                    AssertRecent(await node.Products.GetAsync(product.Id), written);
                    break;
            }
        }
    }

    private static void AssertRecent(Product? row, Dictionary<long, int> written)
        => Assert.InRange(row!.Version, written.GetValueOrDefault(row.Id), int.MaxValue);
}
