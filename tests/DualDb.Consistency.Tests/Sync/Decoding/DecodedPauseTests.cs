using DualDb.Consistency.Sync;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Sync.Decoding;

/// <summary>What a map has missed is read from the log, also where the others are decoded.</summary>
[Collection(DecodingCollection.Name)]
public sealed class DecodedPauseTests(DecodingServers places)
{
    private const string Notes = "create table notes (id bigint primary key, label text)";

    private static readonly SyncMap Items = Maps.Of(SyncDirection.OneWay);

    private static readonly SyncMap Cards = new()
    {
        Name = "notes",
        Source = new SyncTable(Database.Neon, "public", "notes"),
        Target = new SyncTable(Database.Supabase, "public", "cards"),
        Columns = [new SyncColumn("id", "id") { IsKey = true }, new SyncColumn("label", "label")],
    };

    [Fact]
    public async Task A_map_that_nodes_lack_waits_alone_and_nothing_of_it_is_lost_while_they_take_turns()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Items], Maps.Items + "; " + Notes, Maps.Copies + "; " + Notes.Replace("notes", "cards", StringComparison.Ordinal), DecodingServers.DecodeNeon());
        var later = place.With([Items, Cards]);
        await later.InstallAsync(TestContext.Current.CancellationToken);
        for (var turn = 0; turn < 2; turn++)
        {
            await place.StartAsync(DecodingServers.DecodeNeon());
            await Eventually.HoldsAsync(async () => await place.NeonAsync("select bool_and(active) from pg_replication_slots where database = current_database()") is true, "the decoding");
            await WriteAsync(turn);
            await Eventually.HoldsAsync(async () => await place.SupabaseAsync("select count(*) from copies") is long count && count == (turn * 20) + 10, "the other map");
            Assert.Equal(["notes"], Assert.Single(await later.StatusAsync()).Paused);
            await place.StartAsync(DecodingServers.DecodeNeon(static options => options.PageSize = 7), maps: [Items, Cards]);
            await WriteAsync(turn + 10);
            await later.WaitForSyncAsync(await later.TokenAsync(Database.Neon), TimeSpan.FromSeconds(30));
            await Eventually.HoldsAsync(async () => Assert.Single(await later.StatusAsync()).Paused.Count == 0, "the end of the pause");
            await place.StopAsync();
        }

        Assert.Equal(40L, await place.SupabaseAsync("select count(*) from cards where label = '11'"));
        Assert.True((await later.VerifyAsync()).IsEqual);

        async Task WriteAsync(int turn)
        {
            for (var step = 0; step < 10; step++)
            {
                await place.NeonAsync($"insert into notes select n, '{turn}' from generate_series(1, 40) n on conflict (id) do update set label = excluded.label; insert into items (id) values ({(turn * 100) + step})");
            }
        }
    }
}
