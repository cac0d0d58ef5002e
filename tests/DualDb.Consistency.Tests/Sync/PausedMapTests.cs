using DualDb.Consistency.Sync;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Sync;

/// <summary>While a node of an earlier version carries a direction, only the maps wait that it does not have.</summary>
public sealed class PausedMapTests(ConsistencyServers places)
{
    private const string Notes = "create table notes (id bigint primary key, label text)";

    private static readonly SyncMap Items = Maps.Of(SyncDirection.OneWay);

    private static readonly SyncMap EarlyNotes = NotesWith();

    private static readonly SyncMap LateNotes = NotesWith(new SyncColumn("label", "label"));

    [Fact]
    public async Task Other_maps_are_carried_while_one_waits_and_nothing_of_it_is_lost_or_applied_twice()
    {
        await using var place = await CreateAsync([Items]);
        var later = place.With([Items, LateNotes]);
        await later.InstallAsync();
        await StartHeldAsync(place);
        await place.SupabaseAsync("create table applied (id bigint); create function note() returns trigger language plpgsql as 'begin insert into applied values (new.id); return null; end'; create trigger t after insert or update on cards for each row execute function note()");
        await place.NeonAsync("insert into items (id) values (1)");
        await place.NeonAsync("insert into notes select n, 'early' from generate_series(1, 30) n");
        await place.NeonAsync("insert into items (id) values (2)");
        await Eventually.HoldsAsync(async () => await place.SupabaseAsync("select count(*) from copies") is 2L, "the other map");
        var token = await later.TokenAsync(Database.Neon);
        Assert.Equal(0L, await place.SupabaseAsync("select count(*) from cards"));
        Assert.Equal(["notes"], Assert.Single(await later.StatusAsync()).Paused);
        await Assert.ThrowsAsync<SyncTimeoutException>(() => later.WaitForSyncAsync(token, TimeSpan.FromMilliseconds(200)));

        await place.StartAsync(static options => options.PageSize = 7, maps: [Items, LateNotes]);
        await later.WaitForSyncAsync(token, TimeSpan.FromSeconds(30));
        Assert.Equal(30L, await place.SupabaseAsync("select count(*) from cards where label = 'early'"));
        await Eventually.HoldsAsync(async () => Assert.Single(await later.StatusAsync()).Paused.Count == 0, "the end of the pause");
        await place.NeonAsync("insert into notes values (31, 'late'); insert into items (id) values (3)");
        await later.WaitForSyncAsync(await later.TokenAsync(Database.Neon), TimeSpan.FromSeconds(30));
        Assert.Equal("31/31", await place.SupabaseAsync("select count(*) || '/' || count(distinct id) from applied"));
        Assert.True((await later.VerifyAsync()).IsEqual);
    }

    /// <summary>The others are at another place whenever one looks: it joins them where it has come to where they were, and not a step later.</summary>
    [Fact]
    public async Task A_map_goes_on_with_the_others_while_writes_never_pause()
    {
        await using var place = await CreateAsync([Items]);
        var later = place.With([Items, LateNotes]);
        await later.InstallAsync();
        await StartHeldAsync(place);
        await place.NeonAsync("insert into items (id) values (0); insert into notes select n, 'early' from generate_series(1, 30) n");
        await Eventually.HoldsAsync(async () => await place.SupabaseAsync("select count(*) from copies") is 1L, "the other map");
        using var enough = new CancellationTokenSource();
        var writing = Task.WhenAll(Enumerable.Range(1, 8).Select(WriteAsync));
        await place.StartAsync(maps: [Items, LateNotes]);

        await Eventually.HoldsAsync(async () => await place.SupabaseAsync("select count(*) from cards") is 30L && Assert.Single(await later.StatusAsync()).Paused.Count == 0, "the end of the pause under load");
        await enough.CancelAsync();
        await writing;

        async Task WriteAsync(int writer)
        {
            for (var id = writer; !enough.IsCancellationRequested; id += 8)
            {
                await place.NeonAsync($"insert into items (id) values ({id})");
            }
        }
    }

    [Fact]
    public async Task A_map_that_has_got_a_column_waits_alone_and_is_written_in_its_later_form()
    {
        await using var place = await CreateAsync([Items, EarlyNotes]);
        var later = place.With([Items, LateNotes]);
        await StartHeldAsync(place);
        await later.InstallAsync();
        await place.NeonAsync("insert into notes values (1, 'needed')");
        await place.NeonAsync("insert into items (id) values (1)");
        await Eventually.HoldsAsync(async () => await place.SupabaseAsync("select count(*) from copies") is 1L, "the other map");
        Assert.Equal(0L, await place.SupabaseAsync("select count(*) from cards"));

        await place.StartAsync(maps: [Items, LateNotes]);
        await Eventually.HoldsAsync(async () => await place.SupabaseAsync("select label from cards") is "needed", "the later form");
    }

    [Fact]
    public async Task Writes_that_go_on_while_nodes_of_two_versions_take_turns_all_arrive_in_order()
    {
        await using var place = await CreateAsync([Items]);
        var later = place.With([Items, LateNotes]);
        await later.InstallAsync();
        for (var turn = 0; turn < 3; turn++)
        {
            await StartHeldAsync(place, static options => options.PageSize = 5);
            await WriteAsync(turn);
            await place.StartAsync(static options => options.PageSize = 5, maps: [Items, LateNotes]);
            await WriteAsync(turn + 10);
            await place.StopAsync();
        }

        await place.StartAsync(maps: [Items, LateNotes]);
        await later.WaitForSyncAsync(await later.TokenAsync(Database.Neon), TimeSpan.FromSeconds(30));
        Assert.True((await later.VerifyAsync()).IsEqual);
        Assert.Equal(40L, await place.SupabaseAsync("select count(*) from cards where label = '12'"));

        async Task WriteAsync(int turn)
        {
            for (var step = 0; step < 10; step++)
            {
                await place.NeonAsync($"insert into notes select n, '{turn}' from generate_series(1, 40) n on conflict (id) do update set label = excluded.label; insert into items (id) values ({(turn * 100) + step})");
            }
        }
    }

    [Fact]
    public async Task The_log_is_kept_for_a_map_that_waits_and_let_go_when_it_is_forgotten()
    {
        await using var place = await CreateAsync([Items]);
        var later = place.With([Items, LateNotes]);
        await later.InstallAsync();
        await StartHeldAsync(place);
        await place.NeonAsync("insert into notes values (1, 'needed')");
        await place.NeonAsync("insert into items (id) values (1)");
        await Eventually.HoldsAsync(async () => await place.SupabaseAsync("select count(*) from copies") is 1L, "the other map");
        await place.StopAsync();
        var node = await StartHeldAsync(place, static options => options.Retention = TimeSpan.Zero);
        await Eventually.HoldsAsync(() => node.States.Single() is { IsHeld: true, SucceededAt: not null, Pending: 0 }, "the care of the log");
        await new ChangeLog.ChangeLogPurge(place.Db.Neon).RunAsync(TimeSpan.Zero, TestContext.Current.CancellationToken);
        Assert.Equal(1L, await place.NeonAsync("select count(*) from dualdb.change_log where table_name = 'notes'"));
        await place.StopAsync();

        await later.ForgetAsync("notes");
        Assert.Equal(0L, await place.SupabaseAsync("select count(*) from dualdb.sync_held"));
    }

    private Task<SyncPlace> CreateAsync(IReadOnlyList<SyncMap> maps)
        => SyncPlace.CreateAsync(places.Servers, maps, Maps.Items + "; " + Notes, Maps.Copies + "; " + Notes.Replace("notes", "cards", StringComparison.Ordinal));

    private static async Task<Consistency.Sync.Running.SyncService> StartHeldAsync(SyncPlace place, Action<SyncOptions>? configure = null)
    {
        var node = await place.StartAsync(configure);
        await Eventually.HoldsAsync(() => node.States.All(static state => state.IsHeld), "a node");
        return node;
    }

    private static SyncMap NotesWith(params SyncColumn[] columns) => new()
    {
        Name = "notes",
        Source = new SyncTable(Database.Neon, "public", "notes"),
        Target = new SyncTable(Database.Supabase, "public", "cards"),
        Columns = [new SyncColumn("id", "id") { IsKey = true }, .. columns],
    };
}
