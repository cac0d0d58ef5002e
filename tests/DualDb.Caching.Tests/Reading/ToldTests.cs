using Microsoft.Extensions.DependencyInjection;

namespace DualDb.Caching.Tests.Reading;

/// <summary>Who is told of what, beyond the plain write.</summary>
public sealed class ToldTests(StoreServers servers)
{
    [Fact]
    public async Task A_node_that_caches_nothing_tells_the_others_of_its_writes()
    {
        await using var store = await servers.CreateAsync();
        var reader = store.Create();
        var worker = store.Create(static options => options.Caching.Enabled = false);
        var lamp = await worker.Products.InsertAsync(store.NewProduct());
        await reader.Products.GetAsync(lamp.Id);
        await worker.Products.UpdateAsync(lamp with { Name = "moved" });
        await Eventually.HoldsAsync(async () => (await reader.Products.GetAsync(lamp.Id)).Name == "moved", "The row stayed.");
    }

    [Fact]
    public async Task A_conflict_drops_the_row_that_led_to_it()
    {
        await using var store = await servers.CreateAsync();
        var db = store.Create(redis: false);
        var lamp = await db.Products.InsertAsync(store.NewProduct());
        var known = await db.Products.GetAsync(lamp.Id);
        await db.Neon.ExecuteAsync($"update products set name = 'moved', version = version + 1 where id = {lamp.Id}");
        await Assert.ThrowsAsync<ConcurrencyConflictException>(() => db.Products.UpdateAsync(known with { Price = 5 }));
        Assert.Equal("moved", (await db.Products.UpdateAsync((await db.Products.GetAsync(lamp.Id)) with { Price = 5 })).Name);
    }

    [Fact]
    public async Task Entities_over_one_table_fall_together()
    {
        await using var store = await servers.CreateAsync();
        var db = store.Create(redis: false);
        var lamp = await db.Products.InsertAsync(store.NewProduct());
        await db.Products.GetAsync(lamp.Id);
        await db.Products.FindBySkuAsync(lamp.Sku);
        await db.Titles.PatchAsync(lamp.Id, set => set.Name("moved"));
        Assert.Equal("moved", (await db.Products.GetAsync(lamp.Id)).Name);
        Assert.Equal("moved", (await db.Products.FindBySkuAsync(lamp.Sku))?.Name);
    }

    [Fact]
    public async Task In_tests_Redis_is_left_out_whatever_the_options_say()
    {
        await using var store = await servers.CreateAsync();
        await using var provider = new ServiceCollection()
            .AddStoreDb(options =>
            {
                options.Neon.ConnectionString = store.Neon;
                options.Supabase.ConnectionString = store.Supabase;
                options.Caching.Redis = store.RedisAddress;
            })
            .WithInMemoryCacheOnly()
            .BuildServiceProvider();
        var db = provider.GetRequiredService<StoreDb>();
        var lamp = await db.Products.InsertAsync(store.NewProduct());
        Assert.Same(await db.Products.GetAsync(lamp.Id), await db.Products.GetAsync(lamp.Id));
        Assert.Equal(RedisState.None, db.Cache.GetStatistics().Redis);
    }
}
