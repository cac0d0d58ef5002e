using DualDb.Consistency.Events;
using DualDb.Consistency.Tests.Events.Rig;
using DualDb.Consistency.Tests.Places;
using DualDb.Testing;
using Npgsql;

namespace DualDb.Consistency.Tests.Events;

/// <summary>Nodes that die, freeze or are cut off; rows that commit late; replies that are lost. Nothing is lost, nothing happens twice.</summary>
public sealed class CrashTests(ConsistencyServers places)
{
    [Fact]
    public async Task A_row_that_commits_after_later_ones_were_handled_is_handled_too()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var node = await place.StartAsync();
        await using var slow = new NpgsqlConnection(place.Neon);
        await slow.OpenAsync();
        await using var transaction = await slow.BeginTransactionAsync();
        await using (var insert = new NpgsqlCommand(
            """insert into dualdb.outbox (event_id, name, version, slot, payload) values (gen_random_uuid(), 'purchase.made', 1, 5, '{"number":1,"buyer":"late"}')""", slow, transaction))
        {
            await insert.ExecuteNonQueryAsync();
        }

        await place.PublishAsync("ada", 2, 3);
        await node.Events.Delivered.WaitForAsync<PurchaseMade>(e => e.Number == 3);
        await transaction.CommitAsync();
        await node.Events.Delivered.WaitForAsync<PurchaseMade>(e => e.Number == 1);
        await AllOnceAsync(place, 3);
    }

    [Fact]
    public async Task A_node_that_wakes_beyond_its_lease_cannot_commit()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        await using var line = await LatencyProxy.StartAsync(places.Servers.Neon.Host, places.Servers.Neon.Port);
        var (frozen, thaw) = (new TaskCompletionSource(), new TaskCompletionSource());
        var behaviour = new Behaviour();
        var ended = new TaskCompletionSource();
        behaviour.BeforeRecording = async (_, _, _) =>
        {
            frozen.TrySetResult();
            await thaw.Task;
            ended.TrySetResult();
        };

        // The node's line to the outbox stops: it can renew no lease, as if it were frozen.
        var zombie = await place.StartAsync(options => options.Lease = TimeSpan.FromSeconds(1), behaviour, databases => databases.Neon.ConnectionString = line.Rewrite(place.Neon));
        await place.PublishAsync("ada", 1);
        await frozen.Task.WaitAsync(TimeSpan.FromSeconds(30));
        line.Pause();

        var other = await place.StartAsync(options => options.Lease = TimeSpan.FromSeconds(1));
        await place.PublishAsync("bob", 2);
        await Eventually.HoldsAsync(async () => await place.AskNeonAsync<long>("select count(*) from dualdb.outbox_slots where token >= 2") == 64, "the second node's leases");
        thaw.SetResult();
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await Eventually.HoldsAsync(async () => await place.AskNeonAsync<long>("select count(*) from dualdb.outbox where handled_at is null") == 0, "both events");
        await AllOnceAsync(place, 2);
        line.Resume();
        await zombie.StopAsync();
        await AllOnceAsync(place, 2);
        Assert.NotNull(other);
    }

    [Fact]
    public async Task A_lost_reply_to_the_commit_of_an_effect_does_not_repeat_it()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        await using var line = await LatencyProxy.StartAsync(places.Servers.Supabase.Host, places.Servers.Supabase.Port);
        var dropped = 0;
        var behaviour = new Behaviour
        {
            // What comes next on this line is the insert, and then the commit: whichever reply is lost, nobody knows whether it was applied.
            BeforeRecording = (e, context, _) =>
            {
                if (e.Number % 3 == 0 && context.Attempt == 1 && Interlocked.Increment(ref dropped) <= 10)
                {
                    context.Supabase.OnCommitted(() => { });
                    line.DropNextReply();
                }

                return Task.CompletedTask;
            },
        };
        var node = await place.StartAsync(behaviour: behaviour, databases: databases => databases.Supabase.ConnectionString = line.Rewrite(place.Supabase));
        await place.PublishAsync("ada", Enumerable.Range(0, 20).Select(number => (long)number));
        await place.PublishAsync("bob", Enumerable.Range(20, 20).Select(number => (long)number));

        await Eventually.HoldsAsync(async () => await place.AskNeonAsync<long>("select (select count(*) from dualdb.outbox where handled_at is null) + (select count(*) from dualdb.outbox_deliveries)") == 0, "all events");
        Assert.True(line.DroppedReplies > 0);
        await AllOnceAsync(place, 40);
        Assert.Empty(await node.Events.DeadLetters.ListAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Terminated_connections_and_restarts_lose_nothing(bool pooled)
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var node = await place.StartAsync(databases: databases =>
        {
            if (pooled)
            {
                databases.Neon.ConnectionString = places.NeonPooler.Rewrite(place.Neon);
                databases.Supabase.ConnectionString = places.SupabasePooler.Rewrite(place.Supabase);
            }
        });
        for (var round = 0; round < 5; round++)
        {
            await place.PublishAsync("ada", Enumerable.Range(round * 20, 20).Select(number => (long)number));
            await TerminateAsync(place.Neon);
            await TerminateAsync(place.Supabase);
        }

        await Eventually.HoldsAsync(async () => await place.Db.Activities.CountAsync() >= 100, "all effects");
        await AllOnceAsync(place, 100);
        Assert.Empty(await node.Events.DeadLetters.ListAsync());
        Assert.Equal(Enumerable.Range(0, 100).Select(number => (long)number), (await place.Db.Activities.OrderBy(a => a.Id).ToListAsync()).Select(activity => activity.Number));
    }

    [Fact]
    public async Task A_node_that_was_killed_is_replaced_when_its_lease_expires()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        await place.AskNeonAsync<long>("with taken as (update dualdb.outbox_slots set owner = gen_random_uuid(), token = 7, expires_at = clock_timestamp() + interval '2 seconds' returning 1) select count(*) from taken");
        await place.PublishAsync("ada", 1);
        var node = await place.StartAsync();
        var delivered = await node.Events.Delivered.WaitForAsync<PurchaseMade>();
        Assert.Equal(1, delivered.Event.Number);
        await AllOnceAsync(place, 1);
    }

    [Fact]
    public async Task Nodes_share_the_keys_and_give_them_back()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        await place.StartAsync(options => options.Lease = TimeSpan.FromSeconds(1));
        await Eventually.HoldsAsync(async () => await OwnersAsync(place) == "64", "one owner");
        var second = await place.StartAsync(options => options.Lease = TimeSpan.FromSeconds(1));
        await Eventually.HoldsAsync(async () => await OwnersAsync(place) == "32,32", "two owners");
        await second.StopAsync();
        await Eventually.HoldsAsync(async () => await OwnersAsync(place) == "64", "one owner again");
    }

    private static Task<string> OwnersAsync(EventPlace place) => place.AskNeonAsync<string>(
        "select coalesce(string_agg(n::text, ',' order by n), '') from (select count(*) n from dualdb.outbox_slots where expires_at > clock_timestamp() group by owner) owners");

    private static async Task AllOnceAsync(EventPlace place, int count)
    {
        await Eventually.HoldsAsync(async () => await place.Db.Activities.CountAsync() >= count && await place.Db.Receipts.CountAsync() >= count, "all effects");
        Assert.Equal(count, await place.Db.Activities.CountAsync());
        Assert.Equal(count, await place.Db.Receipts.CountAsync());
        Assert.Equal(count, await place.AskSupabaseAsync<long>("select count(distinct event_id) from activities"));
    }

    private static async Task TerminateAsync(string connectionString)
    {
        var database = new NpgsqlConnectionStringBuilder(connectionString).Database!;
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Database = "postgres", Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = $1", connection) { Parameters = { new() { Value = database } } };
        await command.ExecuteScalarAsync();
    }
}
