using DualDb.Consistency.Events;
using DualDb.Consistency.Tests.Events.Rig;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Events;

/// <summary>Events travel with their transaction, and have their effect once.</summary>
public sealed class DeliveryTests(ConsistencyServers places)
{
    [Fact]
    public async Task An_event_of_a_committed_transaction_has_its_effect_in_both_databases()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var node = await place.StartAsync();
        await place.PublishAsync("ada", 7);

        var delivered = await node.Events.Delivered.WaitForAsync<PurchaseMade>(e => e.Number == 7);
        Assert.Empty(delivered.Delivery.Failures);
        var activity = Assert.Single(await place.Db.Activities.ListAsync(10));
        Assert.Equal(("ada", 7L, delivered.Delivery.Published.Id), (activity.Buyer, activity.Number, activity.EventId));
        Assert.Single(await place.Db.Receipts.ListAsync(10));
        Assert.Equal("ada", delivered.Delivery.Published.Key);
    }

    [Fact]
    public async Task An_event_of_a_transaction_that_was_rolled_back_does_not_exist()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        await using (var transaction = await place.Db.BeginNeonAsync())
        {
            transaction.Publish(new PurchaseMade(1, "ada"));
        }

        await using (var transaction = await place.Db.BeginNeonAsync())
        {
            transaction.Publish(new PurchaseMade(2, "ada"));
            await using (var savepoint = await transaction.SavepointAsync("part"))
            {
                transaction.Publish(new PurchaseMade(3, "ada"));
            }

            transaction.Publish(new PurchaseMade(4, "ada"));
            await transaction.CommitAsync();
        }

        Assert.Equal("2,4", await place.AskNeonAsync<string>("select string_agg(payload ->> 'number', ',' order by id) from dualdb.outbox"));
    }

    [Fact]
    public async Task Events_of_one_key_keep_their_order_and_each_has_one_effect()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var buyers = Enumerable.Range(0, 8).Select(number => $"buyer {number}").ToArray();
        await Task.WhenAll(buyers.Select(buyer => place.PublishAsync(buyer, Enumerable.Range(0, 50).Select(number => (long)number))));
        await using var first = await place.StartAsync();
        await using var second = await place.StartAsync();

        await Eventually.HoldsAsync(async () => await place.Db.Activities.CountAsync() >= 400 && await place.Db.Receipts.CountAsync() >= 400, "all effects");
        var activities = await place.Db.Activities.AllRows().OrderBy(activity => activity.Id).ToListAsync();
        Assert.Equal(400, activities.Count);
        Assert.Equal(400, await place.Db.Receipts.CountAsync());
        Assert.All(buyers, buyer => Assert.Equal(Enumerable.Range(0, 50).Select(number => (long)number), activities.Where(activity => activity.Buyer == buyer).Select(activity => activity.Number)));
        await Eventually.HoldsAsync(async () => await place.AskNeonAsync<long>("select count(*) from dualdb.outbox where handled_at is null") == 0, "all marked");
    }

    [Fact]
    public async Task Events_are_published_in_Supabase_and_without_a_transaction_too()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var node = await place.StartAsync();
        await node.Events.PublishAsync(new PurchaseMade(1, "ada"), database: Database.Supabase);
        await node.Events.PublishAsync(new PurchaseMade(2, "ada"), headers: new Dictionary<string, string> { ["tenant"] = "north \"1\"" });

        await node.Events.Delivered.WaitForAsync<PurchaseMade>(e => e.Number == 1);
        var delivered = await node.Events.Delivered.WaitForAsync<PurchaseMade>(e => e.Number == 2);
        Assert.Equal("north \"1\"", delivered.Delivery.Published.Headers["tenant"]);
        Assert.Equal(2, await place.Db.Activities.CountAsync());
    }

    [Fact]
    public async Task A_delayed_event_waits_for_its_time()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var node = await place.StartAsync();
        await node.Events.PublishAsync(new PurchaseMade(1, "ada"), after: TimeSpan.FromHours(1));
        await node.Events.PublishAsync(new PurchaseMade(2, "ada"), after: TimeSpan.FromMilliseconds(300));
        await node.Events.Delivered.WaitForAsync<PurchaseMade>(e => e.Number == 2);

        Assert.True(await place.AskNeonAsync<bool>("select handled_at >= due_at from dualdb.outbox where payload ->> 'number' = '2'"));
        Assert.Equal(1, await place.Db.Activities.CountAsync());
        await place.AskNeonAsync<long>("with moved as (update dualdb.outbox set due_at = clock_timestamp() where handled_at is null returning 1) select count(*) from moved");
        await node.Events.Delivered.WaitForAsync<PurchaseMade>(e => e.Number == 1);
    }

    [Fact]
    public async Task A_users_transaction_publishes_without_rights_on_the_outbox()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        await place.AskSupabaseAsync<string>("""
            do $$ begin
                if not exists (select from pg_roles where rolname = 'authenticated') then create role authenticated nologin; end if;
                grant insert, select on activities to authenticated;
                grant usage on all sequences in schema public to authenticated;
            end $$;
            select 'done'
            """);
        var node = await place.StartAsync();
        var user = place.Db.AsUser(new UserSession(Guid.NewGuid()));
        await using (var transaction = await user.BeginSupabaseAsync())
        {
            await user.Activities.InsertAsync(new Activity { EventId = Guid.NewGuid(), Handler = "user", Buyer = "ada", Number = 1 }, transaction);
            transaction.Publish(new PurchaseMade(2, "ada"));
            await transaction.CommitAsync();
        }

        await node.Events.Delivered.WaitForAsync<PurchaseMade>(e => e.Number == 2);
        Assert.Equal(2, await place.Db.Activities.CountAsync());
    }

    [Fact]
    public async Task A_root_without_a_container_has_options_too()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        await using var db = place.Open(_ => { });
        db.Events.Configure(options => options.MaxEventBytes = 20);
        var refused = await Assert.ThrowsAsync<EventRefusedException>(() => db.Events.PublishAsync(new PurchaseMade(1, "ada")));
        Assert.Contains("20 are allowed", refused.Message, StringComparison.Ordinal);
    }
}
