using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace DualDb.Caching.Tests.Users;

/// <summary>What users are given from memory and from Redis, on several nodes.</summary>
public sealed class UserEntryTests(StoreServers servers)
{
    private static readonly UserSession Owner = new("owner");
    private static readonly UserSession Other = new("other");

    [Fact]
    public async Task Redis_keeps_users_apart_and_serves_each_on_every_node()
    {
        await using var store = await CreateAsync();
        var (one, two) = (store.Create(), store.Create());
        var shop = await one.Shops.InsertAsync(new Shop { Id = Guid.NewGuid(), Name = "owner" });

        Assert.NotNull(await one.AsUser(Owner).Shops.FindAsync(shop.Id));
        Assert.NotNull(await two.AsUser(Owner).Shops.FindAsync(shop.Id));
        Assert.Null(await two.AsUser(Other).Shops.FindAsync(shop.Id));
        Assert.Null(await one.AsUser(Other).Shops.FindAsync(shop.Id));
        Assert.NotNull(await two.Shops.FindAsync(shop.Id));
        Assert.NotNull(await one.Shops.FindAsync(shop.Id));

        Assert.Equal(1, two.FiguresOf<Shop>().RedisHits);
        Assert.Equal(2, two.FiguresOf<Shop>().Loads);
        Assert.Equal(2, one.FiguresOf<Shop>().RedisHits);
        Assert.Equal(1, one.FiguresOf<Shop>().Loads);
    }

    [Fact]
    public async Task A_write_on_one_node_falls_for_the_users_of_the_other()
    {
        await using var store = await CreateAsync();
        var (one, two) = (store.Create(), store.Create());
        var shop = await one.Shops.InsertAsync(new Shop { Id = Guid.NewGuid(), Name = "nobody" });
        Assert.Null(await two.AsUser(Owner).Shops.FindAsync(shop.Id));
        Assert.Null(await one.AsUser(Owner).Shops.FindAsync(shop.Id));

        await one.Shops.UpdateAsync(shop with { Name = "owner" });

        Assert.NotNull(await one.AsUser(Owner).Shops.FindAsync(shop.Id));
        await Eventually.HoldsAsync(async () => await two.AsUser(Owner).Shops.FindAsync(shop.Id) is not null, "The other node went on denying the row.");
        await one.AsUser(Owner).Shops.DeleteAsync(shop.Id);
        Assert.Null(await one.AsUser(Owner).Shops.FindAsync(shop.Id));
        await Eventually.HoldsAsync(async () => await two.AsUser(Owner).Shops.FindAsync(shop.Id) is null, "The other node went on showing the row.");
    }

    [Fact]
    public async Task Users_share_one_bound()
    {
        const int Limit = 50;
        await using var store = await CreateAsync();
        var node = store.Create(static options => options.Caching.SizeLimit = Limit, redis: false);
        var shop = await node.Shops.InsertAsync(new Shop { Id = Guid.NewGuid(), Name = "owner" });

        for (var number = 0; number < 10 * Limit; number++)
        {
            await node.AsUser(new UserSession($"user {number}")).Shops.FindAsync(shop.Id);
        }

        await Eventually.HoldsAsync(() => node.Cache.GetStatistics().Size <= Limit, "The memory holds more than it may.");
    }

    [Fact]
    public async Task Callers_of_one_user_share_a_reading_and_two_users_do_not()
    {
        await using var store = await CreateAsync();
        var node = store.Create(redis: false);
        var shop = await node.Shops.InsertAsync(new Shop { Id = Guid.NewGuid(), Name = "owner" });

        var found = await Task.WhenAll(Enumerable.Range(0, 60).Select(number => Task.Run(
            async () => await node.AsUser(number % 2 == 0 ? Owner : Other).Shops.FindAsync(shop.Id))));

        Assert.All(found.Index(), static answer => Assert.Equal(answer.Index % 2 == 0, answer.Item is not null));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_the_server_refuses_is_given_out_no_more_also_when_it_is_away_later(bool redis)
    {
        await using var store = await CreateAsync();
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var node = store.Create(
            options =>
            {
                options.TimeProvider = clock;
                options.Caching.For<Shop>(static entry =>
                {
                    entry.FailSafe = TimeSpan.FromHours(1);
                    entry.FailSafeThrottle = TimeSpan.FromSeconds(1);
                });
            },
            redis);
        var (one, many) = (new Shop { Id = Guid.NewGuid(), Name = "owner" }, new Shop { Id = Guid.NewGuid(), Name = "owner" });
        await node.Shops.InsertManyAsync([one, many]);
        var owner = node.AsUser(Owner);
        Assert.Equal((1, 2), (await owner.Shops.FindAsync(one.Id) is null ? 0 : 1, (await owner.Shops.FindManyAsync([one.Id, many.Id])).Count));
        clock.Advance(TimeSpan.FromMinutes(6));

        await node.Supabase.ExecuteAsync($"revoke all on shops from authenticated");
        await RefusedAsync(() => owner.Shops.FindAsync(one.Id).AsTask());
        await RefusedAsync(() => owner.Shops.FindManyAsync([many.Id]));

        await node.Supabase.ExecuteAsync($"alter table shops rename to shops_away");
        clock.Advance(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<SchemaMismatchException>(() => owner.Shops.FindAsync(one.Id).AsTask());
        await Assert.ThrowsAsync<SchemaMismatchException>(() => owner.Shops.FindManyAsync([many.Id]));

        static async Task RefusedAsync(Func<Task> read)
        {
            var refusal = await Assert.ThrowsAsync<DatabaseErrorException>(read);
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
        }
    }

    /// <summary>A store whose shops are shown to the user of their name.</summary>
    private async Task<Store> CreateAsync()
    {
        var store = await servers.CreateAsync();
        await using var source = NpgsqlDataSource.Create(store.Supabase);
        await using var command = source.CreateCommand(
            """
            do $$
            begin
              create role authenticated nologin;
            exception when duplicate_object or unique_violation then
              null;
            end $$;
            grant select, insert, update, delete on shops to authenticated;
            alter table shops enable row level security;
            create policy own on shops to authenticated using (name = current_setting('request.jwt.claim.sub', true));
            """);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return store;
    }
}
