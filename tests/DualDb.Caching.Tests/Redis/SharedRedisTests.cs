using DualDb.Testing;
using StackExchange.Redis;

namespace DualDb.Caching.Tests.Redis;

/// <summary>What stands in Redis, and what does not.</summary>
public sealed class SharedRedisTests(StoreServers servers)
{
    [Fact]
    public async Task Applications_of_different_prefixes_see_nothing_of_each_other()
    {
        await using var store = await servers.CreateAsync();
        var (mine, alsoMine, other) = (Node.Create(store), Node.Create(store), Node.Create(store, prefix: "other"));
        var lamp = await mine.Products.InsertAsync(store.NewProduct());
        await alsoMine.Products.GetAsync(lamp.Id);
        await other.Neon.PingAsync();
        using (var counter = StatementCounter.Start())
        {
            await other.Products.GetAsync(lamp.Id);
            Assert.Equal(1, counter.Count);
        }

        var received = alsoMine.Cache.GetStatistics().InvalidationsReceived;
        await mine.Products.PatchAsync(lamp.Id, set => set.Name("new"));
        await Eventually.HoldsAsync(() => alsoMine.Cache.GetStatistics() is { } figures && figures.InvalidationsReceived + figures.InvalidationsReplayed > received, "Nothing arrived.");
        Assert.Equal("new", (await alsoMine.Products.GetAsync(lamp.Id)).Name);
        Assert.Equal("Lamp", (await other.Products.GetAsync(lamp.Id)).Name);
        Assert.Equal(0, other.Cache.GetStatistics().InvalidationsReceived + other.Cache.GetStatistics().InvalidationsReplayed);
        await Task.WhenAll(mine.Cache.DisposeAsync().AsTask(), alsoMine.Cache.DisposeAsync().AsTask(), other.Cache.DisposeAsync().AsTask());
    }

    [Theory]
    [InlineData("random")]
    [InlineData("empty")]
    [InlineData("truncated")]
    [InlineData("another row's")]
    [InlineData("bits flipped")]
    public async Task A_poisoned_payload_is_a_miss_counted_and_told_once(string poison)
    {
        await using var store = await servers.CreateAsync();
        using var log = new RecordedLog();
        var (writer, reader) = (Node.Create(store), Node.Create(store, log: log));
        var products = await writer.Products.InsertManyAsync([.. Enumerable.Range(0, 20).Select(_ => store.NewProduct())]);
        long[] keys = [.. products.Select(static product => product.Id)];
        await writer.Products.FindManyAsync(keys);
        using var connection = await ConnectionMultiplexer.ConnectAsync($"{servers.Redis.Host}:{servers.Redis.Port}");
        var payloads = await PayloadsAsync(connection, store, keys.Length);
        var random = new Random(1);
        foreach (var (key, index) in payloads.Select(static (key, index) => (key, index)))
        {
            var bytes = (byte[])(await connection.GetDatabase().StringGetAsync(key))!;
            await connection.GetDatabase().StringSetAsync(key, Poisoned(poison, bytes, random, (byte[])(await connection.GetDatabase().StringGetAsync(payloads[^1]))!, index));
        }

        var found = await reader.Products.FindManyAsync(keys);

        Assert.Equal(products, found);
        Assert.InRange(reader.FiguresOf<Product>().UndecodablePayloads, keys.Length - 1, keys.Length);
        Assert.Contains(nameof(Product), Assert.Single(log.Warnings), StringComparison.Ordinal);
        await Task.WhenAll(writer.Cache.DisposeAsync().AsTask(), reader.Cache.DisposeAsync().AsTask());
    }

    [Fact]
    public async Task A_payload_of_another_schema_is_never_looked_at()
    {
        await using var store = await servers.CreateAsync();
        var keys = new RedisKeys(store.Prefix);
        Assert.NotEqual(keys.PayloadsOf("neon.public.products", "one", ""), keys.PayloadsOf("neon.public.products", "two", ""));
        var writer = Node.Create(store);
        var lamp = await writer.Products.InsertAsync(store.NewProduct());
        await writer.Products.GetAsync(lamp.Id);
        using var connection = await ConnectionMultiplexer.ConnectAsync($"{servers.Redis.Host}:{servers.Redis.Port}");
        var payload = Assert.Single(await PayloadsAsync(connection, store, 1));
        Assert.Contains(":neon.public.products:", payload, StringComparison.Ordinal);
        await connection.GetDatabase().KeyRenameAsync(payload, payload.Replace(":neon.public.products:", ":neon.public.products:0", StringComparison.Ordinal));
        var reader = Node.Create(store);
        await reader.Neon.PingAsync();

        using var counter = StatementCounter.Start();
        await reader.Products.GetAsync(lamp.Id);

        Assert.Equal(1, counter.Count);
        Assert.Equal(0, reader.FiguresOf<Product>().UndecodablePayloads);
        await Task.WhenAll(writer.Cache.DisposeAsync().AsTask(), reader.Cache.DisposeAsync().AsTask());
    }

    [Fact]
    public async Task A_payload_of_20_MB_stays_out_of_Redis_and_in_memory()
    {
        await using var store = await servers.CreateAsync();
        var node = Node.Create(store);
        await node.Documents.InsertAsync(new Document("large", new string('x', 20 * 1024 * 1024)));
        using (var counter = StatementCounter.Start())
        {
            Assert.Equal(20 * 1024 * 1024, (await node.Documents.GetAsync("large")).Body.Length);
            await node.Documents.GetAsync("large");
            Assert.Equal(1, counter.Count);
        }

        await Eventually.HoldsAsync(() => node.FiguresOf<Document>().SkippedPayloads == 1, "It was not counted.");
        using var connection = await ConnectionMultiplexer.ConnectAsync($"{servers.Redis.Host}:{servers.Redis.Port}");
        Assert.Empty(Payloads(connection, store, "documents"));
        await node.Cache.DisposeAsync();
    }

    [Fact]
    public async Task A_payload_above_the_threshold_is_compressed_and_comes_back_whole()
    {
        await using var store = await servers.CreateAsync();
        var (writer, reader) = (Node.Create(store), Node.Create(store));
        var document = await writer.Documents.InsertAsync(new Document("long", string.Concat(Enumerable.Range(0, 10_000).Select(static index => $"line {index % 7}\n"))));
        await writer.Documents.GetAsync("long");
        using var connection = await ConnectionMultiplexer.ConnectAsync($"{servers.Redis.Host}:{servers.Redis.Port}");
        await Eventually.HoldsAsync(() => Payloads(connection, store, "documents").Count == 1, "It is not in Redis.");
        Assert.InRange(await connection.GetDatabase().StringLengthAsync(Payloads(connection, store, "documents")[0]), 1, document.Body.Length / 5);

        using var counter = StatementCounter.Start();
        Assert.Equal(document, await reader.Documents.GetAsync("long"));
        Assert.Equal(0, counter.Count);
        await Task.WhenAll(writer.Cache.DisposeAsync().AsTask(), reader.Cache.DisposeAsync().AsTask());
    }

    [Fact]
    public async Task A_key_of_10_KB_is_cached_under_a_short_one()
    {
        await using var store = await servers.CreateAsync();
        var node = Node.Create(store);
        var (one, two) = (new string('k', 10_240), new string('k', 10_239) + "l");
        await node.Documents.InsertAsync(new Document(one, "one"));
        await node.Documents.InsertAsync(new Document(two, "two"));
        using (var counter = StatementCounter.Start())
        {
            Assert.Equal(("one", "two"), ((await node.Documents.GetAsync(one)).Body, (await node.Documents.GetAsync(two)).Body));
            Assert.Equal(("one", "two"), ((await node.Documents.GetAsync(one)).Body, (await node.Documents.GetAsync(two)).Body));
            Assert.Equal(2, counter.Count);
        }

        await node.Documents.UpdateAsync(new Document(one, "changed"));
        Assert.Equal(("changed", "two"), ((await node.Documents.GetAsync(one)).Body, (await node.Documents.GetAsync(two)).Body));
        using var connection = await ConnectionMultiplexer.ConnectAsync($"{servers.Redis.Host}:{servers.Redis.Port}");
        Assert.All(Payloads(connection, store, "documents"), static key => Assert.InRange(key.Length, 1, 300));
        await node.Cache.DisposeAsync();
    }

    private async Task<string[]> PayloadsAsync(ConnectionMultiplexer connection, Store store, int count)
    {
        await Eventually.HoldsAsync(() => Payloads(connection, store, "products").Count == count, "Redis was not filled.");
        return [.. Payloads(connection, store, "products")];
    }

    /// <summary>The keys of payloads, in order; not those of numbers and locks.</summary>
    private List<string> Payloads(ConnectionMultiplexer connection, Store store, string table)
        => [.. connection.GetServer(servers.Redis.Host, servers.Redis.Port).Keys(pattern: $"*public.{table}:*").Select(static key => (string)key!)
            .Where(key => key.StartsWith($"{{{store.Prefix}}}:neon", StringComparison.Ordinal) && !key.Contains($"{table}:v:", StringComparison.Ordinal) && !key.Contains($"{table}:l:", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    private static byte[] Poisoned(string poison, byte[] bytes, Random random, byte[] last, int index)
    {
        switch (poison)
        {
            case "random":
                random.NextBytes(bytes);
                return bytes;
            case "empty":
                return [];
            case "truncated":
                return bytes[..random.Next(bytes.Length)];
            case "another row's":
                return last;
            default:
                // Each byte in turn, over all rows: header, sum and body.
                bytes[(index * 7) % bytes.Length] ^= (byte)(1 << random.Next(8));
                return bytes;
        }
    }
}
