using DualDb.Consistency.Sync;
using DualDb.Consistency.Tests.Places;
using DualDb.Testing;
using Npgsql;

namespace DualDb.Consistency.Tests.Sync.Decoding;

/// <summary>Nodes die, readers freeze, connections are cut, and servers crash: what was committed is applied once.</summary>
[Collection(DecodingCollection.Name)]
public sealed class DecodingFailureTests(DecodingServers places)
{
    private const string Cut = "select count(pg_terminate_backend(active_pid)) from pg_replication_slots where database = current_database() and active";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_nodes_one_reads_and_the_other_goes_on_after_it()
    {
        await using var place = await CreateAsync(places.Servers);
        var first = await place.StartAsync(DecodingServers.Decode);
        await ReadAsync(place);
        var second = await place.StartAsync(DecodingServers.Decode);
        var writing = WriteAsync(place, 150);
        await Eventually.HoldsAsync(async () => (long)(await place.SupabaseAsync("select count(*) from copies"))! > 20, "a beginning");
        Assert.Single(new[] { first, second }, static node => node.States.Single().IsHeld);
        await first.StopAsync(Stop);
        await Eventually.HoldsAsync(() => second.States.Single().IsHeld, "the other node");
        await writing;
        await place.SettleAsync();
        Assert.Equal(150L, await place.SupabaseAsync("select count(*) from copies"));
        await ApplyLog.EachOnceAsync(place);
        await ReadAsync(place);
    }

    [Fact]
    public async Task A_connection_that_is_cut_again_and_again_loses_and_repeats_nothing()
    {
        await using var place = await CreateAsync(places.Servers);
        await place.StartAsync(DecodingServers.DecodeNeon(static options => options.PageSize = 3));
        await ReadAsync(place);
        var writing = WriteAsync(place, 200);
        for (var times = 0; times < 5; times++)
        {
            var reached = (long)(await place.SupabaseAsync("select count(*) from copies"))!;
            await place.NeonAsync(Cut);
            await Eventually.HoldsAsync(async () => writing.IsCompleted || (long)(await place.SupabaseAsync("select count(*) from copies"))! > reached + 5, "progress");
        }

        await writing;
        await place.SettleAsync();
        Assert.Equal(200L, await place.SupabaseAsync("select count(*) from copies"));
        await ApplyLog.EachOnceAsync(place);
    }

    [Fact]
    public async Task A_reader_that_was_taken_for_dead_is_sent_away_by_the_holder_of_the_lease()
    {
        await using var place = await CreateAsync(places.Servers);
        var part = new ChangeLog.ChangeLogPart(["public.items"], 1, 0);
        var zombie = new Consistency.Sync.Decoding.DecodedLog(place.Db.Neon, part, place.Sync.Options.Neon);
        var since = ChangeLog.ChangeLogPosition.Parse((string)(await place.SupabaseAsync("select position from dualdb.sync_positions"))!);
        var page = await zombie.ReadAsync(since, 10, Stop);
        Assert.NotNull(zombie.Arrival);
        await place.NeonAsync("insert into items (id) values (1)");
        await zombie.Arrival!.WaitAsync(TimeSpan.FromSeconds(30), Stop);
        page = await zombie.ReadAsync(page.Position, 10, Stop);
        Assert.Single(page.Changes);
        var pid = (int)(await place.NeonAsync("select active_pid from pg_replication_slots where database = current_database()"))!;

        await place.StartAsync(DecodingServers.Decode);
        await place.SettleAsync();
        await Eventually.HoldsAsync(async () => await place.NeonAsync("select active_pid from pg_replication_slots where database = current_database()") is int reader && reader != pid, "the node as the reader");
        await ApplyLog.EachOnceAsync(place);

        // It has acknowledged what it could not apply; that is read from the log.
        Assert.Equal(1L, await place.SupabaseAsync("select count(*) from copies"));
        await place.NeonAsync("insert into items (id) values (2)");
        await place.SettleAsync();
        await ApplyLog.EachOnceAsync(place);
        await zombie.CloseAsync();
    }

    [Fact]
    public async Task A_source_that_crashes_goes_on_where_it_was()
    {
        await using var servers = await DecodingServers.StartAsync();
        await using var place = await CreateAsync(servers);
        await place.StartAsync(DecodingServers.Decode);
        await ReadAsync(place);
        var keys = new List<int>();
        var ended = false;
        var writing = Task.Run(async () =>
        {
            for (var key = 0; !Volatile.Read(ref ended); key++)
            {
                try
                {
                    await place.NeonAsync($"insert into items (id) values ({key})");
                    keys.Add(key);
                }
                catch (NpgsqlException)
                {
                    // Whether it was written is for the database to say.
                }
            }
        });
        await Eventually.HoldsAsync(async () => (long)(await place.SupabaseAsync("select count(*) from copies"))! > 20, "a beginning");
        await servers.Neon.KillAsync(Stop);
        await servers.Neon.StartAsync(Stop);
        var reached = (long)(await place.SupabaseAsync("select count(*) from copies"))!;
        await Eventually.HoldsAsync(async () => (long)(await place.SupabaseAsync("select count(*) from copies"))! > reached + 20, "progress after the restart");
        Volatile.Write(ref ended, true);
        await writing;
        await place.SettleAsync();
        Assert.Null((await place.Sync.StatusAsync()).Single().Stopped);
        Assert.Equal(await place.NeonAsync("select count(*) from items"), await place.SupabaseAsync("select count(*) from copies"));
        Assert.True(keys.Count <= (long)(await place.SupabaseAsync("select count(*) from copies"))!);
        await ApplyLog.EachOnceAsync(place);
        await ReadAsync(place);
    }

    [Fact]
    public async Task A_target_that_restarts_is_waited_for()
    {
        await using var servers = await DecodingServers.StartAsync();
        await using var place = await CreateAsync(servers);
        await place.StartAsync(DecodingServers.DecodeNeon(static options => options.PageSize = 4));
        await ReadAsync(place);
        var writing = WriteAsync(place, 150);
        await Eventually.HoldsAsync(async () => (long)(await place.SupabaseAsync("select count(*) from copies"))! > 20, "a beginning");
        await servers.Supabase.RestartAsync(Stop);
        NpgsqlConnection.ClearPool(new NpgsqlConnection(place.Supabase));
        await writing;
        await place.SettleAsync();
        Assert.Equal(150L, await place.SupabaseAsync("select count(*) from copies"));
        await ApplyLog.EachOnceAsync(place);
    }

    private static Task<SyncPlace> CreateAsync(LocalServers servers) => SyncPlace.CreateAsync(servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, ApplyLog.Copies, DecodingServers.Decode);

    private static Task ReadAsync(SyncPlace place)
        => Eventually.HoldsAsync(async () => (bool)(await place.NeonAsync("select bool_and(active) from pg_replication_slots where database = current_database()"))!, "the decoding");

    private static async Task WriteAsync(SyncPlace place, int count)
    {
        for (var key = 0; key < count; key++)
        {
            await place.NeonAsync($"insert into items (id, stock) values ({key}, {key})");
        }
    }
}
