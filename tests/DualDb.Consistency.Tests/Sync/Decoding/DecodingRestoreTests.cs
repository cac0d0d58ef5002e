using System.Diagnostics;
using DualDb.Consistency.Sync;
using DualDb.Consistency.Tests.Places;
using Npgsql;

namespace DualDb.Consistency.Tests.Sync.Decoding;

/// <summary>A database that has gone back in time stops its direction, whether its slots came back with it or not.</summary>
[Collection(DecodingCollection.Name)]
public sealed class DecodingRestoreTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_source_that_was_restored_from_a_copy_of_its_files_stops_its_direction(bool losesSlots)
    {
        await using var servers = await DecodingServers.StartAsync();
        await using var place = await SyncPlace.CreateAsync(servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies, DecodingServers.DecodeNeon());
        await place.StartAsync(DecodingServers.DecodeNeon());
        await place.NeonAsync("insert into items (id, name) select n, 'early' from generate_series(1, 10) n");
        await place.SettleAsync();
        await place.StopAsync();
        var directory = (string)(await place.NeonAsync("show data_directory"))!;
        await servers.Neon.StopAsync(Stop);
        await RunAsync("cp", "-a", directory, directory + ".saved");
        await servers.Neon.StartAsync(Stop);
        NpgsqlConnection.ClearPool(new NpgsqlConnection(place.Neon));

        await place.StartAsync(DecodingServers.DecodeNeon());
        await place.NeonAsync("insert into items (id, name) select n, 'late' from generate_series(11, 20) n");
        await place.SettleAsync();
        await place.StopAsync();
        await servers.Neon.StopAsync(Stop);
        await RunAsync("rm", "-rf", directory);
        await RunAsync("mv", directory + ".saved", directory);
        await servers.Neon.StartAsync(Stop);
        NpgsqlConnection.ClearPool(new NpgsqlConnection(place.Neon));
        if (losesSlots)
        {
            await place.NeonAsync("select pg_drop_replication_slot(slot_name) from pg_replication_slots");
        }

        await place.NeonAsync("insert into items (id, name) select n, 'other' from generate_series(21, 60) n");
        await place.StartAsync(DecodingServers.DecodeNeon());
        await Eventually.HoldsAsync(async () => (await place.Sync.StatusAsync()).Single().Stopped?.Contains("Neon has gone back behind what Supabase has of it", StringComparison.Ordinal) == true, "the stop");
        Assert.Equal(0L, await place.SupabaseAsync("select count(*) from copies where title = 'other'"));

        await place.Sync.ResumeAsync(Database.Neon, Stop);
        await place.NeonAsync("insert into items (id, name) values (61, 'new')");
        await place.SettleAsync();
        var report = await place.Sync.VerifyAsync(cancellationToken: Stop);
        Assert.Equal(50, report.Maps[0].Differences.Count);
        await place.Sync.RepairAsync(report, cancellationToken: Stop);
        Assert.True((await place.Sync.VerifyAsync(cancellationToken: Stop)).IsEqual);
        Assert.True((bool)(await place.NeonAsync("select bool_and(active) from pg_replication_slots"))!);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(Stop);
        Assert.Equal(0, process.ExitCode);
    }
}
