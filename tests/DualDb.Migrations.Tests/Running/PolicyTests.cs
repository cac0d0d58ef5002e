using DualDb.Migrations.Tests.Places;

namespace DualDb.Migrations.Tests.Running;

public sealed class PolicyTests(MigrationServers servers)
{
    private const string First = "neon/20260101T1000_first";
    private const string Second = "supabase/20260101T1100_second";
    private const string Fails = "neon/20260101T1200_fails";

    [Fact]
    public async Task Stop_leaves_what_was_applied_and_begins_nothing_more()
    {
        await using var place = await PlaceAsync();
        place.Write("supabase/20260101T1300_more", "create table more ();");

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner().MigrateAsync());

        Assert.Equal([First, Second], Names(failed.Applied));
        Assert.Equal(["supabase/20260101T1300_more"], Names(failed.Skipped));
        Assert.Empty(failed.Compensated);
        Assert.True(await place.AskNeonAsync<bool>("select to_regclass('first') is not null"));
    }

    [Fact]
    public async Task Compensate_undoes_both_databases_and_the_next_run_applies_anew()
    {
        await using var place = await PlaceAsync();

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner(Compensate).MigrateAsync());

        Assert.Equal([Second, First], Names(failed.Compensated));
        Assert.Equal((Fails, "42703"), (failed.Id.ToString(), failed.SqlState));
        Assert.Contains("All that the run had applied was undone", failed.Message, StringComparison.Ordinal);
        Assert.False(await place.AskNeonAsync<bool>("select to_regclass('first') is not null"));
        Assert.False(await place.AskSupabaseAsync<bool>("select to_regclass('second') is not null"));
        Assert.Equal("reverted", await place.AskNeonAsync<string>("select state from dualdb.migrations where name like '%first'"));

        place.Write(Fails, "select 1;\n-- down: none");
        var run = await place.Runner(Compensate).MigrateAsync();
        Assert.Equal([First, Second, Fails], Names(run.Applied));
        Assert.Equal(2, await place.AskNeonAsync<long>("select count(*) from dualdb.migration_runs"));
    }

    [Fact]
    public async Task Compensate_is_refused_where_something_does_not_say_how_it_is_undone()
    {
        await using var place = await PlaceAsync();
        place.Write(Second, "create table second ();");

        var refused = await Assert.ThrowsAsync<DualDbConfigurationException>(() => place.Runner(Compensate).MigrateAsync());

        Assert.Contains(Second, refused.Message, StringComparison.Ordinal);
        Assert.False(await place.AskNeonAsync<bool>("select to_regclass('first') is not null"));
    }

    [Fact]
    public async Task Way_down_that_fails_is_tried_again_by_the_next_run()
    {
        await using var place = await PlaceAsync();
        place.Write(First, "create table first ();\n-- down:\ndrop table firts;");

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner(Compensate).MigrateAsync());

        Assert.Equal((First, 3), (failed.Id.ToString(), failed.Line));
        Assert.Equal("compensating", await place.AskNeonAsync<string>("select state from dualdb.migration_runs"));
        place.Write(First, "create table first ();\n-- down:\ndrop table first;");
        Assert.Equal([First], Names((await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner().MigrateAsync())).Compensated));
        Assert.Equal("compensated", await place.AskNeonAsync<string>("select state from dualdb.migration_runs"));
    }

    [Theory]
    [InlineData("dualdb.migrations", "new.error is not null")]
    [InlineData("dualdb.migration_runs", "new.state = 'failed'")]
    public async Task Failure_that_cannot_be_written_down_is_what_is_told_and_why_it_could_not(string table, string when)
    {
        await using var place = await PlaceAsync();
        await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner().MigrateAsync());
        await place.AskNeonAsync<object?>($"""
            create function refuse() returns trigger language plpgsql as 'begin raise exception ''the disk is full''; end';
            create trigger refused before insert or update on {table} for each row when ({when}) execute function refuse(); select null
            """);

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner().MigrateAsync());

        Assert.Equal((Fails, "42703"), (failed.Id.ToString(), failed.SqlState));
        Assert.Contains("column \"nothing\" does not exist", failed.Message, StringComparison.Ordinal);
        Assert.Contains("The run ended behind that, and what has become of it may not be written down: ", failed.Message, StringComparison.Ordinal);
        Assert.Contains(": the disk is full", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_is_told_also_where_a_database_disappears_while_it_is_compensated()
    {
        await using var place = await PlaceAsync();
        var isCompensating = false;
        var runner = place.Runner(options =>
        {
            options.OnFailure = MigrationFailurePolicy.Compensate;
            options.Probe = point =>
            {
                isCompensating |= string.Equals(point, "compensation begun", StringComparison.Ordinal);
                _ = isCompensating && string.Equals(point, "statement done, not committed", StringComparison.Ordinal) ? throw new DatabaseUnavailableException("Neon is gone.") : 0;
            };
        });

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(() => runner.MigrateAsync());

        Assert.Equal((Fails, "42703"), (failed.Id.ToString(), failed.SqlState));
        Assert.Contains($"Neon is gone. The run broke off in {Second} at statement 1 of its way down", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statement_in_doubt_is_asked_for_also_behind_a_failure_which_is_told_with_it()
    {
        const string Calls = "neon/20260101T1300_calls";
        await using var place = await PlaceAsync();
        await place.AskNeonAsync<object?>("create procedure p() language plpgsql as 'begin commit; end'; select null");
        place.Write(Calls, $"-- requires: {First}\n-- transaction: none\ncall p();");
        Action<string> crash = static point => _ = string.Equals(point, "statement done, not recorded", StringComparison.Ordinal) ? throw new CrashException(point) : 0;
        await Assert.ThrowsAsync<CrashException>(() => place.Runner(options => (options.OnFailure, options.Probe) = (MigrationFailurePolicy.Continue, crash)).MigrateAsync());
        await place.EndLeasesAsync();

        var doubt = await Assert.ThrowsAsync<MigrationInDoubtException>(() => place.Runner(static options => options.OnFailure = MigrationFailurePolicy.Continue).MigrateAsync());

        Assert.Equal((Calls, 1), (doubt.Id.ToString(), doubt.Statement));
        Assert.Contains("Before that it had failed: ", doubt.Message, StringComparison.Ordinal);
        Assert.Contains("column \"nothing\" does not exist", doubt.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Way_down_that_breaks_off_behind_its_last_step_says_what_was_undone()
    {
        await using var place = await PlaceAsync();
        place.Write(Fails, "select 1;\n-- down: none");
        Action<string> gone = static point => _ = string.Equals(point, "seeds forgotten", StringComparison.Ordinal) ? throw new DatabaseUnavailableException("Neon is gone.") : 0;
        var runner = place.Runner(options => options.Probe = gone);
        await runner.MigrateAsync();

        var interrupted = await Assert.ThrowsAsync<MigrationInterruptedException>(async () => await runner.DownAsync(await runner.PlanDownAsync(3)));

        Assert.True(interrupted.IsUndoing);
        Assert.Equal([Fails, Second, First], Names(interrupted.Undone));
    }

    [Fact]
    public async Task Compensation_that_is_finished_with_nothing_left_names_what_had_failed()
    {
        await using var place = await PlaceAsync();
        Action<string> crash = static point => _ = string.Equals(point, "run compensated", StringComparison.Ordinal) ? throw new CrashException(point) : 0;
        await Assert.ThrowsAsync<CrashException>(() => place.Runner(options => (options.OnFailure, options.Probe) = (MigrationFailurePolicy.Compensate, crash)).MigrateAsync());
        await place.EndLeasesAsync();
        await place.AskNeonAsync<object?>("update dualdb.migration_runs set state = 'compensating'");

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner().MigrateAsync());

        Assert.Empty(failed.Compensated);
        Assert.Equal(Fails, failed.Id.ToString());
        Assert.Contains("nothing was left of it", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Continue_applies_what_does_not_depend_on_the_failed_one()
    {
        await using var place = await PlaceAsync();
        place.Write("supabase/20260101T1300_other", "create table other ();");
        place.Write("supabase/20260101T1400_dependent", $"-- requires: {Fails}\ncreate table dependent ();");
        place.Write("neon/20260101T1500_says_nothing", "create table says_nothing ();");
        place.Write("neon/20260101T1600_says", $"-- requires: {First}\ncreate table says ();");
        place.Write("supabase/20260101T1700_fails_too", $"-- requires: {Second}\nselect nothing_either;");

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner(options => options.OnFailure = MigrationFailurePolicy.Continue).MigrateAsync());

        Assert.Equal(Fails, failed.Id.ToString());
        Assert.Equal([First, Second, "supabase/20260101T1300_other", "neon/20260101T1600_says"], Names(failed.Applied));
        Assert.Equal(["supabase/20260101T1400_dependent", "neon/20260101T1500_says_nothing"], Names(failed.Skipped));
        Assert.Equal(["supabase/20260101T1700_fails_too"], Names(failed.AlsoFailed));

        // What was left behind is not out of order.
        place.Write(Fails, "select 1;");
        place.Write("supabase/20260101T1700_fails_too", "select 1;");
        Assert.Equal(4, (await place.Runner().MigrateAsync()).Applied.Count);
    }

    private static void Compensate(MigrationOptions options) => options.OnFailure = MigrationFailurePolicy.Compensate;

    private static IEnumerable<string> Names(IEnumerable<MigrationId> ids) => ids.Select(id => id.ToString());

    private async Task<MigrationPlace> PlaceAsync()
    {
        var place = await MigrationPlace.CreateAsync(servers);
        return place.Write(First, "create table first ();\n-- down:\ndrop table first;")
            .Write(Second, $"-- requires: {First}\ncreate table second ();\n-- down:\ndrop table second;")
            .Write(Fails, "select nothing;\n-- down: none");
    }
}
