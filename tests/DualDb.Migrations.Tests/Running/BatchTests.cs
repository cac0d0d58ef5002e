using System.Globalization;
using DualDb.Migrations.Tests.Places;

namespace DualDb.Migrations.Tests.Running;

/// <summary>Updates that are divided by <c>-- batch</c>.</summary>
public sealed class BatchTests(MigrationServers servers)
{
    private const string Fill = "neon/20260101T1100_fill";

    private const string Log = """
        create table jobs (id integer primary key, state text, note text not null);
        insert into jobs select i, case when i % 10 = 0 then 'open' end, repeat('x', 200) from generate_series(1, 5000) i;
        create table changes (id integer, transaction xid8 default pg_current_xact_id());
        create function note_change() returns trigger language plpgsql as 'begin insert into changes (id) values (new.id); return null; end';
        create trigger note_change after update on jobs for each row execute function note_change();
        """;

    [Fact]
    public async Task Rows_are_changed_some_at_a_time_and_each_once()
    {
        await using var place = await PlaceAsync();
        place.Write(Fill, "-- phase: backfill\n-- batch: 250\nupdate jobs set state = 'new' where state is null;\nselect 1;\n-- down: none");

        var plan = await place.Runner().PlanAsync(TestContext.Current.CancellationToken);
        Assert.Contains("2 statements, 250 rows at a time", plan.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"batch\": 250", plan.ToJson(), StringComparison.Ordinal);
        Assert.Contains(plan.Migrations[^1].Id, (await place.Runner().DryRunAsync(plan, TestContext.Current.CancellationToken)).Tried);
        await place.Runner().RunAsync(plan, TestContext.Current.CancellationToken);

        Assert.Equal((4500L, 4500L), (await place.AskNeonAsync<long>("select count(*) from changes"), await place.AskNeonAsync<long>("select count(distinct id) from changes")));
        Assert.InRange(await place.AskNeonAsync<long>("select count(distinct transaction) from changes"), 10, 60);
        Assert.True(await place.AskNeonAsync<bool>("select state = 'applied' and done = 2 and cursor is null from dualdb.migrations where name = '20260101T1100_fill'"));
    }

    [Fact]
    public async Task Run_that_crashed_between_batches_goes_on_and_changes_no_row_twice()
    {
        await using var place = await PlaceAsync();
        place.Write(Fill, "-- phase: backfill\n-- batch: 600\nupdate jobs set state = 'new' where state is null;");
        await place.Runner(static options => options.Through = MigrationPhase.Expand).MigrateAsync(TestContext.Current.CancellationToken);
        var crashes = 0;
        for (var isDone = false; !isDone; crashes++)
        {
            await place.EndLeasesAsync();

            // Each start comes a few points further than the one before; the points of the start itself are the same.
            var probe = new CrashProbe(9);
            try
            {
                await place.Runner(options => options.Probe = probe.Reach).MigrateAsync(TestContext.Current.CancellationToken);
                isDone = true;
            }
            catch (Exception) when (probe.CrashedAt is not null)
            {
                Assert.Matches("batch|shapes noted|releas", probe.CrashedAt);
            }
        }

        Assert.True(crashes > 2, crashes.ToString(CultureInfo.InvariantCulture));
        Assert.Equal((4500L, 4500L), (await place.AskNeonAsync<long>("select count(*) from changes"), await place.AskNeonAsync<long>("select count(distinct id) from changes")));
        Assert.Equal(0, await place.AskNeonAsync<long>("select count(*) from jobs where state is null"));
    }

    [Fact]
    public async Task Partitions_and_aliases_are_no_other_matter()
    {
        await using var place = await PlaceAsync();
        place.Write("neon/20260101T1050_parts", "create table parts (id integer, state text, note text) partition by range (id); create table parts_1 partition of parts for values from (0) to (1000); create table parts_2 partition of parts for values from (1000) to (9000); insert into parts select i, null, repeat('y', 300) from generate_series(1, 4000) i;");
        place.Write(Fill, "-- phase: backfill\n-- batch: 200\nupdate parts as p set state = (select j.state from jobs j where j.id = p.id and j.state is not null) || 'ed', note = p.note || '!' -- both\n    where p.state is null and exists (select from jobs j where j.id = p.id and j.state is not null) -- some");

        await place.Runner().MigrateAsync(TestContext.Current.CancellationToken);

        Assert.Equal(400, await place.AskNeonAsync<long>("select count(*) from parts where state = 'opened' and note = repeat('y', 300) || '!'"));
        Assert.Equal(3600, await place.AskNeonAsync<long>("select count(*) from parts where state is null and note = repeat('y', 300)"));
    }

    [Fact]
    public async Task Update_that_would_find_its_rows_again_is_rolled_back()
    {
        await using var place = await PlaceAsync();
        place.Write(Fill, "-- phase: backfill\n-- batch: 250\nupdate jobs set note = note || '.' where id > 0;");

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner().MigrateAsync(TestContext.Current.CancellationToken));

        Assert.Contains("still fulfil its condition", failed.Message, StringComparison.Ordinal);
        Assert.Equal((3, 1), (failed.Line, failed.Statement));
        Assert.Equal(0, await place.AskNeonAsync<long>("select count(*) from changes"));

        // Put right, it goes on.
        place.Write(Fill, "-- phase: backfill\n-- batch: 250\nupdate jobs set note = note || '.' where note not like '%.';");
        await place.Runner().MigrateAsync(TestContext.Current.CancellationToken);
        Assert.Equal(5000, await place.AskNeonAsync<long>("select count(*) from jobs where note = repeat('x', 200) || '.'"));
    }

    [Fact]
    public async Task Statement_that_fails_in_a_batch_keeps_those_before_it()
    {
        await using var place = await PlaceAsync();
        place.Write(Fill, "-- phase: backfill\n-- batch: 250\nupdate jobs set state = 'new', note = (100 / (3999 - id))::text where state is null;");

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner().MigrateAsync(TestContext.Current.CancellationToken));
        Assert.Equal("22012", failed.SqlState);
        var done = await place.AskNeonAsync<long>("select count(*) from changes");
        Assert.InRange(done, 250, 3900);

        place.Write(Fill, "-- phase: backfill\n-- batch: 250\nupdate jobs set state = 'new' where state is null;");
        await place.Runner().MigrateAsync(TestContext.Current.CancellationToken);
        Assert.Equal(4500, await place.AskNeonAsync<long>("select count(distinct id) from changes"));
    }

    /// <summary>The place at which one statement broke off says nothing of another one that comes to stand where it stood.</summary>
    [Fact]
    public async Task Statement_that_takes_the_place_of_one_that_failed_begins_at_the_first_page()
    {
        await using var place = await PlaceAsync();
        place.Write("neon/20260101T1050_few", "create table few (id integer primary key, state text); insert into few select i, null from generate_series(1, 100) i;");
        place.Write(Fill, "-- phase: backfill\n-- batch: 250\nupdate jobs set note = (100 / (4900 - id))::text || '.' where id > 4890 and note not like '%.';\nupdate few set state = 'new' where state is null;");
        await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner().MigrateAsync(TestContext.Current.CancellationToken));

        place.Write(Fill, "-- phase: backfill\n-- batch: 250\nupdate few set state = 'new' where state is null;");
        await place.Runner().MigrateAsync(TestContext.Current.CancellationToken);

        Assert.Equal(100, await place.AskNeonAsync<long>("select count(*) from few where state = 'new'"));
    }

    private async Task<MigrationPlace> PlaceAsync()
        => (await MigrationPlace.CreateAsync(servers)).Write("neon/20260101T1000_jobs", Log);
}
