using System.Diagnostics;
using DualDb.Consistency.Sync;
using DualDb.Consistency.Tests.Places;
using DualDb.Testing;
using Npgsql;

namespace DualDb.Consistency.Tests.Sync;

/// <summary>A database that has gone back in time: the direction stops, and says so, instead of parting from the other side.</summary>
public sealed class RestoreTests
{
    [Fact]
    public async Task A_word_that_a_restored_database_says_is_not_taken_for_the_one_that_it_has_lost()
    {
        await using var servers = await LocalServers.StartAsync();
        await using var place = await SyncPlace.CreateAsync(servers, [Maps.Of(SyncDirection.TwoWay, ConflictPolicy.LastWriterWins)], Maps.Items, Maps.Copies);
        await place.StartAsync();
        await place.NeonAsync("insert into items (id, name) values (1, 'early')");
        await place.SettleAsync();

        // What a restore leaves of the row: as it was before a word that the other side has heard.
        await place.NeonAsync("create table saved_items as table items; create table saved_rows as table dualdb.sync_rows");
        await place.NeonAsync("update items set name = 'lost'");
        await place.SettleAsync();
        await place.StopAsync();
        await place.NeonAsync("""
            set session_replication_role = replica;
            truncate items, dualdb.sync_rows; insert into items table saved_items; insert into dualdb.sync_rows table saved_rows
            """);

        await place.NeonAsync("update items set name = 'neon'");
        await place.SupabaseAsync("update copies set title = 'supabase'");
        await place.StartAsync();
        await place.SettleAsync();
        Assert.Equal(await place.NeonAsync("select name from items"), await place.SupabaseAsync("select title from copies"));
        Assert.Equal(1L, await place.NeonAsync("select count(*) from dualdb.sync_conflicts"));
    }

    [Fact]
    public async Task Words_that_an_earlier_version_has_counted_are_known_as_they_are()
    {
        await using var servers = await LocalServers.StartAsync();
        await using var place = await SyncPlace.CreateAsync(servers, [Maps.Of(SyncDirection.TwoWay, ConflictPolicy.FirstWriterWins)], Maps.Items, Maps.Copies);
        await place.StartAsync();
        await place.NeonAsync("insert into items (id, name) values (1, 'early'), (2, 'early')");
        await place.SettleAsync();
        await place.StopAsync();
        foreach (var run in new[] { place.NeonAsync, (Func<string, Task<object?>>)place.SupabaseAsync })
        {
            await run("alter table dualdb.sync_rows drop column grounds; update dualdb.sync_rows set epoch = 1");
        }

        await place.Sync.InstallAsync();
        await place.SupabaseAsync("update copies set title = 'supabase'");
        await place.NeonAsync("update items set name = 'neon' where id = 1");
        await place.StartAsync();
        await place.SettleAsync();
        Assert.Equal(await place.NeonAsync("select string_agg(name, ',' order by id) from items"), await place.SupabaseAsync("select string_agg(title, ',' order by item_id) from copies"));
        Assert.Equal("1", await place.NeonAsync("select string_agg(key, ',') from dualdb.sync_conflicts"));
        Assert.Equal("supabase", await place.NeonAsync("select name from items where id = 2"));
    }

    [Fact]
    public async Task A_source_that_was_restored_from_a_copy_of_its_files_stops_its_direction_and_goes_on_after_a_repair()
    {
        await using var servers = await LocalServers.StartAsync();
        await using var place = await SyncPlace.CreateAsync(servers, [Maps.Of(SyncDirection.TwoWay, ConflictPolicy.LastWriterWins)], Maps.Items, Maps.Copies);
        await place.StartAsync();
        await place.NeonAsync("insert into items (id, name) select n, 'early' from generate_series(1, 10) n");
        await place.SettleAsync();
        await place.StopAsync();
        var directory = (string)(await place.NeonAsync("show data_directory"))!;
        await servers.Neon.StopAsync();
        await RunAsync("cp", "-a", directory, directory + ".saved");
        await servers.Neon.StartAsync();
        NpgsqlConnection.ClearPool(new NpgsqlConnection(place.Neon));

        await place.StartAsync();
        await place.NeonAsync("insert into items (id, name) select n, 'late' from generate_series(11, 20) n");
        await place.SettleAsync();
        await place.StopAsync();
        await servers.Neon.StopAsync();
        await RunAsync("rm", "-rf", directory);
        await RunAsync("mv", directory + ".saved", directory);
        await servers.Neon.StartAsync();
        NpgsqlConnection.ClearPool(new NpgsqlConnection(place.Neon));

        // So many writes that transactions and numbers are beyond those that were lost.
        await place.NeonAsync("insert into items (id, name) select n, 'other' from generate_series(21, 60) n");
        for (var number = 0; number < 50; number++)
        {
            await place.NeonAsync($"update items set stock = {number} where id = 21");
        }

        var node = await place.StartAsync();
        await Eventually.HoldsAsync(async () => (await place.Sync.StatusAsync()).Any(static status => status.Stopped is not null), "the stop");
        var stopped = (await place.Sync.StatusAsync()).Single(static status => status.Source == Database.Neon);
        Assert.Contains("Neon has gone back behind what Supabase has of it", stopped.Stopped, StringComparison.Ordinal);
        Assert.Contains(node.States, static state => state is { Source: Database.Neon, Stopped: not null });
        Assert.Equal(0L, await place.SupabaseAsync("select count(*) from copies where title = 'other'"));
        Assert.Contains("gone back", (await Assert.ThrowsAsync<SyncTimeoutException>(async () => await place.Sync.WaitForSyncAsync(await place.Sync.TokenAsync(Database.Neon), TimeSpan.FromSeconds(1)))).Message, StringComparison.Ordinal);

        // What only Supabase has of the lost hours is kept, what is new in Neon arrives.
        await place.Sync.ResumeAsync(Database.Neon);
        var report = await place.Sync.VerifyAsync();
        Assert.Equal(50, report.Maps[0].Differences.Count);
        await place.Sync.RepairAsync(report, new Consistency.Sync.Verification.RepairOptions { InsertOnly = true });
        await place.Sync.RepairAsync(report, new Consistency.Sync.Verification.RepairOptions { InsertOnly = true, Truth = Consistency.Sync.Verification.RepairTruth.Target });
        Assert.True((await place.Sync.VerifyAsync()).IsEqual);
        Assert.Equal(60L, await place.NeonAsync("select count(*) from items"));
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
