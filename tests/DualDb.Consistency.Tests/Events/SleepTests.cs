using DualDb.Consistency.Events;
using DualDb.Consistency.Tests.Events.Rig;
using DualDb.Consistency.Tests.Places;
using Npgsql;

namespace DualDb.Consistency.Tests.Events;

/// <summary>An idle dispatcher lets Neon fall asleep, and wakes for its own events, for those of others, and for what is due.</summary>
public sealed class SleepTests(ConsistencyServers places)
{
    [Fact]
    public async Task An_outbox_that_stays_empty_is_left_alone_until_this_process_publishes()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var node = await place.StartAsync(
            options => (options.SleepAfter, options.UseNotifications) = (TimeSpan.FromMilliseconds(300), false),
            databases: databases => (databases.Neon.ConnectionString, databases.Supabase.ConnectionString) = (Named(place.Neon), Named(place.Supabase)));
        await Eventually.HoldsAsync(() => node.IsAsleep, "sleep");
        Assert.Equal(0, await place.AskNeonAsync<long>("select count(*) from dualdb.outbox_slots where owner is not null"));

        // Whoever sleeps asks nothing, while the other outbox, which is never left alone, is asked a dozen times.
        var began = await place.AskNeonAsync<string>("select clock_timestamp()::text");
        var looks = new HashSet<string>();
        await Eventually.HoldsAsync(async () => looks.Add(await place.AskSupabaseAsync<string>($"select coalesce(max(query_start)::text, '') {Statements}")) && looks.Count >= 12, "looks at the other outbox");
        Assert.Equal(0, await place.AskNeonAsync<long>($"select count(*) {Statements} and query_start > '{began}'"));

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

    [Fact]
    public async Task Another_process_wakes_it()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var node = await place.StartAsync(options => options.SleepAfter = TimeSpan.FromMilliseconds(300));
        await Eventually.HoldsAsync(
            async () =>
            {
                // One that fell asleep before it listened does when it wakes.
                if (node is { IsAsleep: true, IsListening: false })
                {
                    await node.Events.PublishAsync(new ProfileRenamed("ada", "Ada"));
                }

                return node is { IsAsleep: true, IsListening: true };
            },
            "sleep with an open ear");
        await place.PublishAsync("ada", 1);
        await node.Events.Delivered.WaitForAsync<PurchaseMade>();
    }

    private const string Statements = "from pg_stat_activity where datname = current_database() and application_name = 'sleeper'";

    private static string Named(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "sleeper" }.ConnectionString;
}
