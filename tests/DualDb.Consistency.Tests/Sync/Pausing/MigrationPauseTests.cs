using System.Diagnostics;
using DualDb.Consistency.Sync;
using DualDb.Consistency.Tests.Places;
using DualDb.Migrations;
using Npgsql;

namespace DualDb.Consistency.Tests.Sync.Pausing;

/// <summary>Tables that are synchronised are altered in the middle of a stream of changes.</summary>
public sealed class MigrationPauseTests(ConsistencyServers places)
{
    [Theory]
    [InlineData(SyncDirection.OneWay)]
    [InlineData(SyncDirection.TwoWay)]
    public async Task Other_maps_go_on_while_a_table_is_altered_and_nothing_of_it_is_lost(SyncDirection direction)
    {
        await using var place = await PausePlace.CreateAsync(places.Servers, direction);
        await place.StartAsync(static options => options.PageSize = 20);
        place.Write("supabase/20260101T1200_amount", "alter table copies alter column amount type numeric(14,4);\nalter table copies add column extra text;");
        place.Write("neon/20260101T1300_amount", "-- requires: supabase/20260101T1200_amount\nalter table items alter column amount type numeric(14,4);\nalter table items add column extra text;");
        using var enough = new CancellationTokenSource();
        var writing = WriteAsync();
        long number = 1_000_000;

        var run = await place.MigrateAsync(point =>
        {
            if (point is "history written, not committed" && number < 1_000_002)
            {
                LookInTheMiddleAsync(++number).GetAwaiter().GetResult();
            }
        });
        await enough.CancelAsync();
        var written = await writing;

        Assert.Equal(2, run.Applied.Count);
        Assert.Equal(1_000_002, number);
        Assert.Equal(0, await place.OpenAsync());
        await place.IsEqualAsync();
        Assert.Equal(written, await place.Place.SupabaseAsync("select count(*) from copies where item_id < 1000000"));
        await Eventually.HoldsAsync(async () => (await place.Sync.StatusAsync()).All(static status => status is { Pauses.Count: 0, Paused.Count: 0 }), "the end of the pause");

        async Task LookInTheMiddleAsync(long id)
        {
            if (id == 1_000_001)
            {
                // The copies are locked, and a row for them waits: the other map's must not wait behind it.
                await place.Place.NeonAsync($"insert into items (id, name) values ({id}, 'meanwhile')");
            }

            await place.NoteArrivesAsync(id);
            var status = (await place.Sync.StatusAsync()).Single(static status => status.Source == Database.Neon);
            var pause = Assert.Single(status.Pauses);
            Assert.Equal(("items", id == 1_000_001 ? "public.copies in Supabase" : "public.items in Neon"), (pause.Map, pause.Table));
            Assert.NotNull(pause.RunId);
            Assert.NotNull(pause.Until);
            Assert.Equal(["items"], status.Paused);
        }

        async Task<long> WriteAsync()
        {
            await using var connection = new NpgsqlConnection(place.Place.Neon);
            await connection.OpenAsync();
            long id = 0;
            while (!enough.IsCancellationRequested)
            {
                await using var command = new NpgsqlCommand($"insert into items (id, name, amount, stock) values ({++id}, 'n', {id}.25, 1); update items set stock = stock + 1 where id = {Math.Max(1, id - 5)}", connection);
                await command.ExecuteNonQueryAsync();
            }

            return id;
        }
    }

    [Fact]
    public async Task A_page_that_is_being_applied_is_waited_for_before_anything_is_locked()
    {
        await using var place = await PausePlace.CreateAsync(places.Servers);
        await place.StartAsync();
        await place.Place.SupabaseAsync("create function hold() returns trigger language plpgsql as 'begin perform pg_advisory_xact_lock(42); return new; end'; create trigger hold before insert on copies for each row execute function hold()");
        await using var holder = new NpgsqlConnection(place.Place.Supabase);
        await holder.OpenAsync(TestContext.Current.CancellationToken);
        await using (var hold = new NpgsqlCommand("select pg_advisory_lock(42)", holder))
        {
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await place.Place.NeonAsync("insert into items (id) values (1)");
        await Eventually.HoldsAsync(async () => await WaitingAsync("Lock", "advisory") is true, "the page that is being applied");
        place.Write("supabase/20260101T1200_extra", "alter table copies add column extra text;");
        var migrating = place.MigrateAsync();
        await Eventually.HoldsAsync(async () => await place.Place.SupabaseAsync("select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query ilike '%update dualdb.sync_positions set owner = null%')") is true, "the migrator behind the page");
        Assert.False(migrating.IsCompleted);
        Assert.Equal(false, await place.Place.SupabaseAsync("select exists (select from pg_locks where relation = 'copies'::regclass and mode = 'AccessExclusiveLock')"));

        await using (var release = new NpgsqlCommand("select pg_advisory_unlock(42)", holder))
        {
            await release.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await migrating;
        await place.IsEqualAsync();

        Task<object?> WaitingAsync(string type, string what) => place.Place.SupabaseAsync($"select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = '{type}' and wait_event = '{what}')");
    }

    [Fact]
    public async Task A_failed_migration_lets_its_maps_go_on_at_once()
    {
        await using var place = await PausePlace.CreateAsync(places.Servers);
        await place.StartAsync();
        place.Write("supabase/20260101T1200_bad", "alter table copies add column extra text;\nselect 1 / 0;");
        await place.Place.NeonAsync("insert into items (id) values (1)");

        await Assert.ThrowsAsync<MigrationFailedException>(() => place.MigrateAsync());

        Assert.Equal(0, await place.OpenAsync());
        Assert.Equal(1L, await place.Place.SupabaseAsync("select count(*) from dualdb.sync_pauses where table_name = 'copies' and ended_at is not null"));
        await place.IsEqualAsync();
        Assert.Equal(1, await place.CopiesAsync(1));
    }

    [Theory]
    [InlineData("do 'begin alter table copies add column extra text; end';", "copies")]
    [InlineData("update copies set title = 'x';\ncreate index copies_title on public.\"copies\" (title);", "copies")]
    [InlineData("alter table copies_of_others add column extra text;\ncreate index concurrently copies_title on copies (title);", null)]
    [InlineData("comment on table copies is 'x';\ncreate view titles as select title from copies;\ngrant select on copies to public;\nanalyze copies;", null)]
    public async Task Only_what_may_hold_up_a_table_pauses_its_maps(string sql, string? paused)
    {
        await using var place = await PausePlace.CreateAsync(places.Servers);
        await place.Place.SupabaseAsync("create table copies_of_others (id int)");
        place.Write("supabase/20260101T1200_it", sql);

        await place.MigrateAsync();

        Assert.Equal(paused ?? (object)DBNull.Value, await place.Place.SupabaseAsync("select string_agg(distinct table_schema || '.' || table_name, ' ') from dualdb.sync_pauses") is string found ? found["public.".Length..] : DBNull.Value);
    }

    [Fact]
    public async Task What_a_killed_migrator_has_paused_goes_on_when_its_lease_ends()
    {
        await using var place = await PausePlace.CreateAsync(places.Servers);
        await place.StartAsync();
        place.Write("supabase/20260101T1200_extra", "alter table copies add column extra text;");
        await using var reader = new NpgsqlConnection(place.Place.Supabase);
        await reader.OpenAsync(TestContext.Current.CancellationToken);
        await using var open = await reader.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var read = new NpgsqlCommand("select count(*) from copies", reader, open))
        {
            await read.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        using var migrator = Start(place);
        try
        {
            await Eventually.HoldsAsync(async () => await place.Place.SupabaseAsync("select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query ilike 'alter table copies%')") is true, "the migrator at work");
        }
        finally
        {
            migrator.Kill();
            await migrator.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await open.CommitAsync(TestContext.Current.CancellationToken);
        Assert.NotEqual(0, await place.OpenAsync());
        await place.Place.NeonAsync("insert into items (id) values (1)");
        await place.NoteArrivesAsync(1);
        await Eventually.HoldsAsync(async () => await place.CopiesAsync(1) is 1, "the end of the pause");
        Assert.Equal(0, await place.OpenAsync());
        await place.IsEqualAsync();
    }

    private static Process Start(PausePlace place)
    {
        var runtime = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", "dotnet"));
        return Process.Start(new ProcessStartInfo(runtime, [Path.Combine(AppContext.BaseDirectory, "DualDb.Consistency.Worker.dll"), place.Place.Neon, place.Place.Supabase, place.Folder])
        {
            Environment = { ["DUALDB_CHAOS_LOAD"] = "migrate" },
        })!;
    }
}
