using DualDb.Testing;

namespace DualDb.Caching.Tests.Reading;

/// <summary>What answers from where, by the statements that it takes.</summary>
public sealed class ReadingTests(StoreServers servers)
{
    [Fact]
    public async Task A_row_is_read_once()
    {
        await using var store = await servers.CreateAsync();
        var db = store.Create(redis: false);
        var lamp = await db.Products.InsertAsync(store.NewProduct());

        using var counter = StatementCounter.Start();
        var first = await db.Products.FindAsync(lamp.Id);
        var second = await db.Products.GetAsync(lamp.Id);

        Assert.Equal(lamp, first);
        Assert.Same(first, second);
        Assert.Equal(1, counter.Count);
    }

    [Fact]
    public async Task That_there_is_none_is_kept_as_well_until_a_row_is_inserted()
    {
        await using var store = await servers.CreateAsync();
        var db = store.Create(redis: false);
        await db.Neon.PingAsync();
        using (var counter = StatementCounter.Start())
        {
            Assert.Null(await db.Shelves.FindAsync(1));
            Assert.Null(await db.Shelves.FindAsync(1));
            Assert.Null(await db.Shelves.FindByAisleAndNumberAsync("A", 1));
            Assert.Null(await db.Shelves.FindByAisleAndNumberAsync("A", 1));
            Assert.Equal(2, counter.Count);
        }

        await db.Shelves.InsertAsync(new Shelf(1, "A", 1, null));
        Assert.NotNull(await db.Shelves.FindAsync(1));
        Assert.NotNull(await db.Shelves.FindByAisleAndNumberAsync("A", 1));
    }

    [Fact]
    public async Task Unique_values_and_references_are_kept_and_fall_with_what_they_leave_and_what_they_enter()
    {
        await using var store = await servers.CreateAsync();
        var db = store.Create(redis: false);
        var (left, entered, other) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var lamp = await db.Products.InsertAsync(store.NewProduct(shop: left));
        var chair = await db.Products.InsertAsync(store.NewProduct(shop: other));
        Assert.Single(await db.Products.ListByShopIdAsync(left));
        Assert.Empty(await db.Products.ListByShopIdAsync(entered));
        Assert.Single(await db.Products.ListByShopIdAsync(other));
        Assert.Equal(lamp, await db.Products.FindBySkuAsync(lamp.Sku));

        var moved = await db.Products.UpdateAsync(lamp with { ShopId = entered, Sku = "moved" });

        Assert.Empty(await db.Products.ListByShopIdAsync(left));
        Assert.Equal([moved], await db.Products.ListByShopIdAsync(entered));
        Assert.Null(await db.Products.FindBySkuAsync(lamp.Sku));
        Assert.Equal(moved, await db.Products.FindBySkuAsync("moved"));
        using var counter = StatementCounter.Start();
        Assert.Equal([chair], await db.Products.ListByShopIdAsync(other));
        Assert.Equal(0, counter.Count);
    }

    [Fact]
    public async Task Many_keys_take_what_memory_and_Redis_hold_and_one_statement_for_the_rest()
    {
        await using var store = await servers.CreateAsync();
        var (writer, reader) = (store.Create(), store.Create());
        var products = await writer.Products.InsertManyAsync([.. Enumerable.Range(0, 100).Select(_ => store.NewProduct())]);
        var keys = products.Select(static product => product.Id).ToArray();
        await reader.Products.FindManyAsync(keys[..50]);
        await writer.Products.FindManyAsync(keys[50..80]);
        await Eventually.HoldsAsync(
            async () =>
            {
                var probe = store.Create();
                await probe.Products.FindManyAsync(keys[50..80]);
                return probe.Cache.GetStatistics().Entities.Single(static entity => entity.Name == nameof(Product)).RedisHits == 30;
            },
            "Redis was not filled.");

        using var counter = StatementCounter.Start();
        var found = await reader.Products.FindManyAsync(keys);

        Assert.Equal(products, found);
        Assert.Equal(1, counter.Count);
        var figures = reader.Cache.GetStatistics().Entities.Single(static entity => entity.Name == nameof(Product));
        Assert.Equal((50, 30), (figures.MemoryHits, figures.RedisHits));
    }

    [Fact]
    public async Task A_thousand_callers_share_one_statement()
    {
        await using var store = await servers.CreateAsync();
        var db = store.Create();
        var lamp = await db.Products.InsertAsync(store.NewProduct());

        using var counter = StatementCounter.Start();
        var rows = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => Task.Run(() => db.Products.FindAsync(lamp.Id).AsTask())));

        Assert.All(rows, row => Assert.Equal(lamp, row));
        Assert.Equal(1, counter.Count);
    }

    [Fact]
    public async Task Fresh_reads_past_the_cache_and_its_writes_are_told()
    {
        await using var store = await servers.CreateAsync();
        var db = store.Create(redis: false);
        var lamp = await db.Products.InsertAsync(store.NewProduct());
        await db.Products.GetAsync(lamp.Id);
        using (var counter = StatementCounter.Start())
        {
            await db.Products.Fresh().GetAsync(lamp.Id);
            await db.Products.Fresh().FindManyAsync([lamp.Id]);
            await db.Products.Fresh().FindBySkuAsync(lamp.Sku);
            Assert.Equal(3, counter.Count);
        }

        await db.Products.Fresh().UpdateAsync(lamp with { Name = "Chair" });
        Assert.Equal("Chair", (await db.Products.GetAsync(lamp.Id)).Name);
    }

    [Fact]
    public async Task Queries_are_cached_where_they_ask_for_it_until_the_table_changes()
    {
        await using var store = await servers.CreateAsync();
        var db = store.Create(redis: false);
        var lamp = await db.Products.InsertAsync(store.NewProduct(price: 10));
        var query = db.Products.Where(p => p.Price > 5m).OrderBy(p => p.Id);
        using (var counter = StatementCounter.Start())
        {
            Assert.Equal([lamp], await query.Cached().ToListAsync());
            Assert.Equal([lamp], await query.Cached().ToListAsync());
            Assert.Equal(lamp, await query.Cached().FirstAsync());
            Assert.Equal(1, await query.Cached().CountAsync());
            Assert.Equal(1, await query.Cached().CountAsync());
            Assert.Empty(await db.Products.Where(p => p.Price > 50m).Cached().ToListAsync());
            Assert.Equal(4, counter.Count);
            await query.ToListAsync();
            Assert.Equal(5, counter.Count);
        }

        await db.Products.InsertAsync(store.NewProduct(price: 20));
        Assert.Equal(2, (await query.Cached().ToListAsync()).Count);
        Assert.Equal(2, await query.Cached().CountAsync());
        var uncached = Assert.Throws<InvalidOperationException>(() => db.Reviews.Query().Cached());
        Assert.Contains("[CachedFor]", uncached.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_that_PostgreSQL_may_hold_for_equal_are_not_cached()
    {
        await using var store = await servers.CreateAsync();
        var db = store.Create(redis: false);
        await db.Codes.InsertAsync(new Code("A", "first"));
        Assert.Equal("first", (await db.Codes.FindAsync("A"))?.Meaning);
        Assert.Equal("first", (await db.Codes.FindAsync("A     "))?.Meaning);
        await db.Codes.UpdateAsync(new Code("A", "second"));
        Assert.Equal("second", (await db.Codes.FindAsync("A"))?.Meaning);
        Assert.Equal("second", (await db.Codes.FindAsync("A     "))?.Meaning);
    }

    [Fact]
    public async Task Copies_are_the_callers_own()
    {
        await using var store = await servers.CreateAsync();
        var db = store.Create(redis: false);
        await db.Drafts.InsertAsync(new Draft { Id = 1, Text = "kept", Tags = ["a"] });
        var mine = await db.Drafts.GetAsync(1);
        mine.Text = "changed";
        mine.Tags[0] = "b";
        var yours = await db.Drafts.GetAsync(1);
        Assert.Equal(("kept", "a"), (yours.Text, yours.Tags[0]));
    }

    [Fact]
    public async Task Callers_of_a_batching_scope_share_one_statement_and_fill_the_cache()
    {
        await using var store = await servers.CreateAsync();
        var db = store.Create();
        var products = await db.Products.InsertManyAsync([.. Enumerable.Range(0, 20).Select(_ => store.NewProduct())]);
        using var counter = StatementCounter.Start();
        await using (db.BeginBatching())
        {
            await Task.WhenAll(products.Select(product => db.Products.GetAsync(product.Id).AsTask()));
        }

        Assert.Equal(1, counter.Count);
        await db.Products.FindManyAsync([.. products.Select(static product => product.Id)]);
        Assert.Equal(1, counter.Count);
    }
}
