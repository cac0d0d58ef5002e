using DualDb.Consistency.Events;
using DualDb.Consistency.Tests.Events.Rig;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Events;

/// <summary>An idle dispatcher lets Neon fall asleep, and wakes for its own events, for those of others, and for what is due.</summary>
public sealed class SleepTests(ConsistencyServers places)
{
    [Fact]
    public async Task An_outbox_that_stays_empty_is_left_alone_until_this_process_publishes()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var node = await place.StartAsync(options => options.SleepAfter = TimeSpan.FromMilliseconds(300));
        await Eventually.HoldsAsync(() => node.IsAsleep, "sleep");
        Assert.Equal(0, await place.AskNeonAsync<long>("select count(*) from dualdb.outbox_slots where owner is not null"));

        // Whoever sleeps asks nothing: counted on the server, over a time in which a node that is awake asks a dozen times.
        var before = await StatementsAsync(place);
        await Task.Delay(1500, TestContext.Current.CancellationToken);
        Assert.Equal(before, await StatementsAsync(place));

        await node.Events.PublishAsync(new PurchaseMade(1, "ada"));
        await node.Events.Delivered.WaitForAsync<PurchaseMade>();
        await Eventually.HoldsAsync(() => node.IsAsleep, "sleep again");
    }

    [Fact]
    public async Task What_is_due_wakes_it()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var node = await place.StartAsync(options => options.SleepAfter = TimeSpan.FromMilliseconds(300));
        await node.Events.PublishAsync(new PurchaseMade(1, "ada"), after: TimeSpan.FromSeconds(2));
        await Eventually.HoldsAsync(() => node.IsAsleep, "sleep");
        await node.Events.Delivered.WaitForAsync<PurchaseMade>();
    }

    [Fact]
    public async Task Another_process_is_heard_where_notifications_arrive()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var node = await place.StartAsync(options => options.MaxPollInterval = options.SleepInterval = TimeSpan.FromMinutes(5));
        await Eventually.HoldsAsync(() => node.IsListening, "the listener");

        // This root is not the node's: as in another process.
        await place.PublishAsync("ada", 1);
        await node.Events.Delivered.WaitForAsync<PurchaseMade>();
    }

    private static async Task<long> StatementsAsync(EventPlace place)
    {
        await place.AskNeonAsync<string>("select pg_stat_force_next_flush()::text");
        return await place.AskNeonAsync<long>("select coalesce(sum(coalesce(seq_scan, 0) + coalesce(idx_scan, 0)), 0)::bigint from pg_stat_user_tables where relname like 'outbox%'");
    }
}
