using DualDb.Migrations.Tests.Places;

namespace DualDb.Migrations.Tests.Running;

/// <summary>Scripts of functions, views and policies: run behind the others, and again when their text has changed.</summary>
public sealed class RepeatableTests(MigrationServers servers)
{
    private const string Orders = "neon/20260101T1200_orders";
    private const string Answer = "neon/R__answer";
    private const string Totals = "neon/R__totals";
    private const string Zero = "neon/R__zero";

    [Fact]
    public async Task Scripts_run_behind_the_others_by_name_and_requirement_and_again_with_a_new_text()
    {
        await using var place = await PlaceAsync();

        var plan = await place.Runner().PlanAsync();
        Assert.Equal([Orders, Answer, Zero, Totals], plan.Migrations.Select(migration => migration.Id.ToString()));
        Assert.Contains($"4. {Totals}", plan.ToString(), StringComparison.Ordinal);
        Assert.Contains("repeatable, 1 statement", plan.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"isRepeatable\": true", plan.ToJson(), StringComparison.Ordinal);
        Assert.Equal(4, (await place.Runner().DryRunAsync(plan)).Tried.Count);
        Assert.Equal(4, (await place.Runner().RunAsync(plan)).Applied.Count);
        Assert.True((await place.Runner().PlanAsync()).IsEmpty);

        place.Write(Answer, "create or replace function answer() returns int language sql as 'select 2';");
        place.Write("neon/20260101T1300_more", "alter table orders add more int;");
        var status = await place.Runner().StatusAsync();
        Assert.Equal((MigrationStandingState.Pending, false), status.Migrations.Where(one => one.Id.ToString() == Answer).Select(one => (one.State, one.IsChanged)).Single());

        Assert.Equal(["neon/20260101T1300_more", Answer], (await place.Runner().MigrateAsync()).Applied.Select(id => id.ToString()));

        Assert.Equal(2, await place.AskNeonAsync<int>("select answer()"));
        Assert.Equal((await place.Runner().StatusAsync()).Migrations.Count, await place.AskNeonAsync<long>("select count(*)::bigint from dualdb.migrations where state = 'applied'"));
        Assert.NotEqual(plan.Migrations[1].Checksum, await place.AskNeonAsync<string>("select checksum from dualdb.migrations where name = 'R__answer'"));
    }

    [Fact]
    public async Task Script_that_requires_one_that_has_changed_runs_again_as_well()
    {
        await using var place = await PlaceAsync();
        await place.Runner().MigrateAsync();
        place.Write("neon/repeatable/R__zero", "drop view if exists zero cascade; create view zero as select 1 as n;");

        Assert.Equal([Zero, Totals], (await place.Runner().MigrateAsync()).Applied.Select(id => id.ToString()));

        Assert.Equal(1, await place.AskNeonAsync<int>("select n from totals"));
    }

    [Fact]
    public async Task Script_that_fails_leaves_what_was_there_and_stays_pending()
    {
        await using var place = await PlaceAsync();
        await place.Runner().MigrateAsync();
        place.Write(Answer, "create or replace function answer() returns int language sql as 'select 3';\nselect nothing;");

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner().MigrateAsync());

        Assert.Equal((Answer, 2), (failed.Id.ToString(), failed.Statement));
        Assert.Equal(1, await place.AskNeonAsync<int>("select answer()"));
        Assert.Equal([Answer], (await place.Runner().PlanAsync()).Migrations.Select(migration => migration.Id.ToString()));
        place.Write(Answer, "create or replace function answer() returns int language sql as 'select 4';");
        Assert.Single((await place.Runner().MigrateAsync()).Applied);
        Assert.Equal(4, await place.AskNeonAsync<int>("select answer()"));
    }

    [Fact]
    public async Task Way_down_passes_scripts_over_and_they_run_again_behind_what_is_applied_anew()
    {
        await using var place = await PlaceAsync();
        place.Write("neon/20260101T1300_view", "create table base (n int);\n-- down:\ndrop table base cascade;");
        place.Write("neon/R__based", "create or replace view based as select n from base;");
        await place.Runner().MigrateAsync();

        Assert.Equal(["neon/20260101T1300_view"], (await place.Runner().DownAsync(await place.Runner().PlanDownAsync(1))).Undone.Select(id => id.ToString()));
        await Assert.ThrowsAsync<CrashException>(() => place.Runner(options => options.Probe = CrashWhenCommitted).MigrateAsync());
        await place.EndLeasesAsync();
        await place.Runner().MigrateAsync();

        Assert.True(await place.AskNeonAsync<bool>("select to_regclass('based') is not null"));
        Assert.True((await place.Runner().PlanAsync()).IsEmpty);
    }

    [Fact]
    public async Task Older_version_of_the_application_takes_no_script_back_and_one_that_is_gone_is_not_missed()
    {
        await using var place = await PlaceAsync();
        place.Write("neon/20260101T1300_newer", "create table newer ();");
        await place.Runner().MigrateAsync();
        place.Delete("neon/20260101T1300_newer");
        place.Delete("neon/repeatable/R__totals");
        place.Write(Answer, "create or replace function answer() returns int language sql as 'select 0';");

        Assert.True((await place.Runner(options => options.AllowMissing = true).PlanAsync()).IsEmpty);

        place.Write("neon/20260101T1300_newer", "create table newer ();");
        Assert.Equal([Answer], (await place.Runner().MigrateAsync()).Applied.Select(id => id.ToString()));
    }

    [Fact]
    public async Task Scripts_do_not_make_what_comes_later_out_of_order_and_are_linted_and_refused_as_a_requirement_of_others()
    {
        await using var place = await PlaceAsync();
        await place.Runner().MigrateAsync();
        place.Write(Answer, "create or replace function answer() returns int language sql as 'select 5';\ndrop table orders;");
        Assert.Equal("DDM001", Assert.Single(DualDbMigrations.FromFolder(place.Folder).Lint()).Rule);
        place.Write("neon/20260101T1300_more", $"-- requires: {Answer}\nalter table orders add more int;");

        var refused = Assert.Throws<MigrationFileException>(() => place.Runner());

        Assert.Contains("runs behind all others", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, refused.Line);
    }

    [Theory]
    [InlineData("neon/r__answer")]
    [InlineData("neon/R__Answer")]
    [InlineData("neon/R__")]
    public async Task Names_that_are_neither_are_refused_with_both_forms(string id)
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(id, "select 1;");

        var refused = Assert.Throws<MigrationFileException>(() => place.Runner());

        Assert.Contains("R__order_totals", refused.Message, StringComparison.Ordinal);
    }

    // Where what was undone is applied again, and the script is not.
    private static void CrashWhenCommitted(string point)
    {
        if (point == "committed")
        {
            throw new CrashException(point);
        }
    }

    private async Task<MigrationPlace> PlaceAsync() => (await MigrationPlace.CreateAsync(servers))
        .Write(Orders, "create table orders (id bigint);")
        .Write("neon/repeatable/R__totals", $"-- requires: {Zero}\ncreate or replace view totals as select n from zero;")
        .Write("neon/repeatable/R__zero", "create or replace view zero as select 0 as n;")
        .Write(Answer, "create or replace function answer() returns int language sql as 'select 1';");
}
