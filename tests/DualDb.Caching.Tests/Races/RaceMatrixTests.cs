using DualDb.Testing;
using Microsoft.Extensions.Time.Testing;

namespace DualDb.Caching.Tests.Races;

/// <summary>
/// A write lands while a load is under way: the database has answered the load with the old row, and the answer is kept back until the write has been reported as done. What is
/// read afterwards is what was written, on the node of the write and on the other.
/// </summary>
public sealed class RaceMatrixTests(StoreServers servers)
{
    private static readonly TimeSpan Duration = TimeSpan.FromMinutes(5);

    public static TheoryData<string, string, bool> Cells()
    {
        var cells = new TheoryData<string, string, bool>();
        foreach (var write in Writes.All.Keys)
        {
            foreach (var load in new[] { "plain", "eager refresh", "background", "fail-safe", "list", "unique", "many", "query" })
            {
                cells.Add(write, load, true);
                cells.Add(write, load, false);
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task What_is_read_after_a_write_is_what_was_written(string write, string load, bool isSameNode)
    {
        await using var store = await servers.CreateAsync();
        await using var proxy = await LatencyProxy.StartAsync("127.0.0.1", servers.Servers.Neon.Port);
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var reader = store.Create(options =>
        {
            options.Neon.ConnectionString = proxy.Rewrite(store.Neon);
            options.Neon.MaxRetries = 0;
            options.TimeProvider = clock;
            options.Caching.For<Product>(entity => Configure(entity, load));
        });
        var writer = isSameNode ? reader : store.Create();
        var old = await writer.Products.InsertAsync(store.NewProduct("old"));
        await reader.Neon.PingAsync();
        await PrepareAsync(reader, old, load, clock);

        // From here on the next statement's answer is kept back: it is the load's.
        var held = proxy.HoldNextReply();
        var reading = ReadAsync(reader, old, load);
        await held.Arrived.WaitAsync(TimeSpan.FromSeconds(20));
        if (load == "background")
        {
            clock.Advance(TimeSpan.FromSeconds(2));
            Assert.Equal("old", await reading);
        }

        var (before, arrived) = (writer.Cache.GetStatistics().InvalidationsSent, Received(reader));
        await Writes.All[write](writer, old);
        var sent = writer.Cache.GetStatistics().InvalidationsSent - before;
        Assert.Equal(write == "rollback" ? 0 : 1, sent);
        if (!isSameNode)
        {
            await Eventually.HoldsAsync(() => Received(reader) == arrived + sent, "The invalidation did not arrive.");
        }

        if (load == "fail-safe")
        {
            await proxy.CutAsync();
        }

        held.Release();
        await ToleratedAsync(reading, load);
        await Eventually.HoldsAsync(() => reader.Cache.Core.Loads.IsEmpty, "A load did not end.");

        Assert.Equal(Writes.NameAfter(write), await ReadAsync(reader, old, load));
        Assert.Equal(Writes.NameAfter(write), await ReadAsync(writer, old, load));

        // Nor does a node that begins with nothing but Redis see anything else.
        Assert.Equal(Writes.NameAfter(write), await ReadAsync(store.Create(), old, load));
    }

    private static void Configure(CacheEntryOptions entity, string load)
    {
        entity.Duration = Duration;
        switch (load)
        {
            case "eager refresh":
                entity.EagerRefreshAt = 0.5;
                break;

            case "background":
                entity.FailSafe = TimeSpan.FromHours(1);
                entity.SoftTimeout = TimeSpan.FromSeconds(1);
                break;

            case "fail-safe":
                entity.FailSafe = TimeSpan.FromHours(1);
                entity.FailSafeThrottle = TimeSpan.FromMinutes(10);
                break;
        }
    }

    /// <summary>Brings the cache to where the load in question begins.</summary>
    private static async Task PrepareAsync(StoreDb reader, Product old, string load, FakeTimeProvider clock)
    {
        if (load is not ("eager refresh" or "background" or "fail-safe"))
        {
            return;
        }

        Assert.Equal("old", await ReadAsync(reader, old, load));
        clock.Advance(load == "eager refresh" ? Duration * 0.6 : Duration * 1.1);
    }

    private static async Task<string?> ReadAsync(StoreDb db, Product old, string load) => load switch
    {
        "list" => (await db.Products.ListByShopIdAsync(old.ShopId)).SingleOrDefault()?.Name,
        "unique" => (await db.Products.FindBySkuAsync(old.Sku))?.Name,
        "many" => (await db.Products.FindManyAsync([old.Id])).SingleOrDefault()?.Name,
        "query" => (await db.Products.Where(p => p.Sku == old.Sku).Cached().ToListAsync()).SingleOrDefault()?.Name,
        _ => (await db.Products.FindAsync(old.Id))?.Name,
    };

    // Who was waiting when the connection was cut may learn of it; he asked before the write.
    private static async Task ToleratedAsync(Task<string?> reading, string load)
    {
        try
        {
            await reading;
        }
        catch (DualDbException) when (load == "fail-safe")
        {
            return;
        }
    }

    private static long Received(StoreDb db)
    {
        var figures = db.Cache.GetStatistics();
        return figures.InvalidationsReceived + figures.InvalidationsReplayed;
    }
}
