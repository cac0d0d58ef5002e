using DualDb.Migrations.Tests.Places;
using Npgsql;

namespace DualDb.Migrations.Tests.Moving;

/// <summary>A switch whose file failed behind it, or that is written to while it is undone: there is no way back, and the way forward stays open.</summary>
public sealed class MoveBackTests(MigrationServers servers)
{
    private const string Marks = "-- phase: switch\n-- move: shop.wishes\ncreate table marks (id int);";
    private const string NoMarks = "\n-- down:\ndrop table if exists marks;";
    private const string Fails = Marks + "\n-- below\nselect nothing;";

    [Fact]
    public async Task Half_applied_switch_that_cannot_be_taken_back_ends_a_compensation_as_failed()
    {
        await using var place = await FailingAsync(NoMarks);

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(() => place.MigrateAsync(MigrationPhase.Switch, options =>
        {
            options.OnFailure = MigrationFailurePolicy.Compensate;
            options.Probe = point => WriteAt(place, point, "failure recorded");
        }));

        Assert.Equal((WishPlace.Switch, "42703", Database.Supabase), (failed.Id.ToString(), failed.SqlState, failed.Database));
        Assert.Empty(failed.Compensated);
        Assert.Contains("nothing was: supabase/20260301T1002_wishes_switch.sql(2): the move of shop.wishes from Neon to Supabase failed", failed.Message, StringComparison.Ordinal);
        Assert.Contains("rows were written in Supabase since the switch", failed.Message, StringComparison.Ordinal);
        Assert.Contains("dualdb migrations resume", failed.Message, StringComparison.Ordinal);
        await GoesForwardAsync(place, "failed");
    }

    [Fact]
    public async Task Half_applied_switch_that_cannot_be_taken_back_is_no_way_down_that_has_to_be_finished()
    {
        await using var place = await FailingAsync(NoMarks);
        await Assert.ThrowsAsync<MigrationFailedException>(() => place.MigrateAsync(MigrationPhase.Switch));
        await WriteAsync(place);

        var refused = await Assert.ThrowsAsync<MigrationFailedException>(() => DownAsync(place, 1));

        Assert.Equal((WishPlace.Switch, Database.Supabase), (refused.Id.ToString(), refused.Database));
        Assert.Contains("rows were written in Supabase since the switch", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was undone", refused.Message, StringComparison.Ordinal);
        Assert.Null((await place.Runner().PlanDownAsync(1, TestContext.Current.CancellationToken)).Resumes);
        await GoesForwardAsync(place, "failed");
    }

    [Fact]
    public async Task Half_applied_switch_is_taken_back_as_long_as_nothing_was_written()
    {
        await using var place = await FailingAsync(NoMarks);
        await Assert.ThrowsAsync<MigrationFailedException>(() => place.MigrateAsync(MigrationPhase.Switch));

        await DownAsync(place, 1);

        Assert.False(await place.AskSupabaseAsync<bool>("select to_regclass('marks') is not null"));
        Assert.Null(await place.WriteRowAsync(Database.Neon, "update shop.wishes set text = 'again' where id = 3"));
        Assert.Equal("55000", (await place.WriteRowAsync(Database.Supabase, "delete from shop.wishes"))?.SqlState);
    }

    /// <summary>At each point at which the application may come in between, whoever undoes it: a person, or a run that failed.</summary>
    [Theory]
    [InlineData("way down begun", false, true)]
    [InlineData("committed", false, true)]
    [InlineData("step back begins", false, false)]
    [InlineData("compensation begun", true, true)]
    [InlineData("committed", true, true)]
    public async Task Row_that_comes_while_it_is_undone_ends_that_and_the_next_run_goes_forward(string point, bool compensates, bool hasMarks)
    {
        await using var place = await FailingAsync(hasMarks ? NoMarks : "\n-- down: none");
        var begins = compensates ? "compensation begun" : "way down begun";
        if (!compensates)
        {
            await Assert.ThrowsAsync<MigrationFailedException>(() => place.MigrateAsync(MigrationPhase.Switch));
        }

        var isBegun = false;
        void Probe(string reached)
        {
            isBegun |= reached == begins;
            WriteAt(place, isBegun ? reached : "", point);
        }

        var ended = await Assert.ThrowsAsync<MigrationFailedException>(() => compensates
            ? place.MigrateAsync(MigrationPhase.Switch, options => (options.OnFailure, options.Probe) = (MigrationFailurePolicy.Compensate, Probe))
            : DownAsync(place, 1, options => options.Probe = Probe));

        Assert.Contains("rows were written in Supabase since the switch", ended.Message, StringComparison.Ordinal);
        Assert.Contains("dualdb migrations resume", ended.Message, StringComparison.Ordinal);
        Assert.Equal("applying", await place.AskSupabaseAsync<string>("select state from dualdb.migrations where name like '%switch'"));
        await GoesForwardAsync(place, "failed");
    }

    [Fact]
    public async Task Way_down_that_crashed_with_writes_stopped_on_both_sides_is_given_up_where_a_row_has_come()
    {
        await using var place = await FailingAsync("\n-- down: none");
        await Assert.ThrowsAsync<MigrationFailedException>(() => place.MigrateAsync(MigrationPhase.Switch));
        await Assert.ThrowsAsync<Running.CrashException>(() => DownAsync(place, 1, options => options.Probe = point =>
        {
            WriteAt(place, point, "step back begins");
            if (point is "new writes stopped")
            {
                throw new Running.CrashException(point);
            }
        }));
        await place.EndLeasesAsync();
        Assert.Equal("55000", (await place.WriteRowAsync(Database.Supabase, "delete from shop.wishes"))?.SqlState);

        await Assert.ThrowsAsync<MigrationFailedException>(() => DownAsync(place, 1));

        await GoesForwardAsync(place, "failed");
    }

    private async Task<MigrationPlace> FailingAsync(string down)
    {
        var place = await WishPlace.CreateAsync(servers, rows: 20, batch: 7);
        return place.Write(WishPlace.Switch, Fails + down);
    }

    private static async Task GoesForwardAsync(MigrationPlace place, string state)
    {
        Assert.Equal(state, await place.AskNeonAsync<string>("select state from dualdb.migration_runs order by started_at desc limit 1"));
        var status = await place.Runner().StatusAsync(TestContext.Current.CancellationToken);
        Assert.False(status.UnfinishedRun?.IsUndoing);
        place.Write(WishPlace.Switch, Marks + NoMarks);

        await place.MigrateAsync(MigrationPhase.Switch);

        Assert.True(await place.AskSupabaseAsync<bool>("select to_regclass('marks') is not null"));
        Assert.Equal("new", await place.AskSupabaseAsync<string>("select text from shop.wishes where id = 3"));
        Assert.Null(await place.WriteRowAsync(Database.Supabase, "update shop.wishes set text = 'newer' where id = 3"));
        Assert.Equal("55000", (await place.WriteRowAsync(Database.Neon, "delete from shop.wishes"))?.SqlState);
        Assert.Equal("succeeded", await place.AskNeonAsync<string>("select state from dualdb.migration_runs order by started_at desc limit 1"));
    }

    private static Task WriteAsync(MigrationPlace place) => place.AskSupabaseAsync<object?>("update shop.wishes set text = 'new' where id = 3; select null");

    private static void WriteAt(MigrationPlace place, string reached, string point)
    {
        if (reached != point)
        {
            return;
        }

        using var connection = new NpgsqlConnection(place.Supabase);
        connection.Open();
        using var command = new NpgsqlCommand("update shop.wishes set text = 'new' where id = 3", connection);
        command.ExecuteNonQuery();
    }

    private static async Task DownAsync(MigrationPlace place, int steps, Action<MigrationOptions>? configure = null)
    {
        var runner = place.Runner(configure);
        await runner.DownAsync(await runner.PlanDownAsync(steps, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
    }
}
