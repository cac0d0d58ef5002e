namespace DualDb.Caching.Tests.Changes;

/// <summary>Changes that are made past the SDK, by SQL of another program.</summary>
public sealed class OutsideChangeTests(StoreServers servers)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_change_by_another_program_falls_out_of_every_node(bool redis)
    {
        await using var store = await servers.CreateAsync();
        var (first, second) = (Node(store, redis), Node(store, redis));
        await first.CreateTablesAsync();
        var (left, entered) = (Guid.NewGuid(), Guid.NewGuid());
        var lamp = await first.Products.InsertAsync(store.NewProduct(shop: left));
        foreach (var node in new[] { first, second })
        {
            await node.Products.GetAsync(lamp.Id);
            await node.Products.FindBySkuAsync(lamp.Sku);
            Assert.Empty(await node.Products.ListByShopIdAsync(entered));
            Assert.Single(await node.Products.ListByShopIdAsync(left));
        }

        await first.Neon.ExecuteAsync($"update products set shop_id = {entered}, name = 'moved' where id = {lamp.Id}");

        foreach (var node in new[] { first, second })
        {
            await Eventually.HoldsAsync(async () => (await node.Products.GetAsync(lamp.Id)).Name == "moved", "The row stayed.");
            await Eventually.HoldsAsync(async () => (await node.Products.FindBySkuAsync(lamp.Sku))?.Name == "moved", "The unique value stayed.");
            await Eventually.HoldsAsync(async () => (await node.Products.ListByShopIdAsync(left)).Count == 0, "The list that was left stayed.");
            await Eventually.HoldsAsync(async () => (await node.Products.ListByShopIdAsync(entered)).Count == 1, "The list that was entered stayed.");
        }

        await first.Neon.ExecuteAsync($"delete from products where id = {lamp.Id}");
        await Eventually.HoldsAsync(async () => await second.Products.FindAsync(lamp.Id) is null, "The deleted row stayed.");
    }

    [Fact]
    public async Task What_was_not_there_is_found_once_another_program_has_inserted_it()
    {
        await using var store = await servers.CreateAsync();
        var db = Node(store, redis: false);
        await db.CreateTablesAsync();
        Assert.Null(await db.Shelves.FindAsync(7));
        Assert.Null(await db.Shelves.FindByAisleAndNumberAsync("C", 3));
        await db.Neon.ExecuteAsync($"insert into shelves (id, aisle, number) values (7, 'C', 3)");
        await Eventually.HoldsAsync(async () => await db.Shelves.FindAsync(7) is not null, "The row was not found.");
        await Eventually.HoldsAsync(async () => await db.Shelves.FindByAisleAndNumberAsync("C", 3) is not null, "The row was not found by its unique values.");
        await db.Neon.ExecuteAsync($"truncate shelves");
        await Eventually.HoldsAsync(async () => await db.Shelves.FindAsync(7) is null, "The truncated row stayed.");
    }

    [Fact]
    public async Task What_changed_while_no_node_was_there_is_not_read_from_Redis()
    {
        await using var store = await servers.CreateAsync();
        var before = Node(store, redis: true);
        await before.CreateTablesAsync();
        var lamp = await before.Products.InsertAsync(store.NewProduct());
        await Eventually.HoldsAsync(
            async () =>
            {
                var probe = Node(store, redis: true);
                await probe.Products.GetAsync(lamp.Id);
                return probe.Cache.GetStatistics().Entities.Single(static entity => entity.Name == nameof(Product)).RedisHits == 1;
            },
            "Redis was not filled.");
        await before.Products.GetAsync(lamp.Id);
        await store.StopNodesAsync();
        await using (var program = store.Create(redis: false))
        {
            await program.Neon.ExecuteAsync($"update products set name = 'moved' where id = {lamp.Id}");
        }

        var after = Node(store, redis: true);
        Assert.Equal("moved", (await after.Products.GetAsync(lamp.Id)).Name);
    }

    private static StoreDb Node(Store store, bool redis)
        => store.Create(
            static options =>
            {
                options.Caching.ChangePollInterval = TimeSpan.FromMilliseconds(50);
                options.Caching.For<Product>(static entity => entity.NotifyOnChange());
                options.Caching.For<Shelf>(static entity => entity.NotifyOnChange());
            },
            redis);
}
