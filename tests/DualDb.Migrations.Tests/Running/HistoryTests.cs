using DualDb.Migrations.Tests.Places;

namespace DualDb.Migrations.Tests.Running;

public sealed class HistoryTests(MigrationServers servers)
{
    private const string First = "neon/20260101T1000_first";
    private const string Later = "neon/20260101T1200_later";

    [Fact]
    public async Task Changed_migration_is_told_with_both_checksums_and_can_be_accepted()
    {
        await using var place = await PlaceAsync();
        var before = await place.AskNeonAsync<string>("select checksum from dualdb.migrations where name like '%first'");
        place.Write(First, "create table first (id bigint);");

        var refused = await Assert.ThrowsAsync<MigrationHistoryException>(() => place.Runner().PlanAsync());

        Assert.Equal((MigrationDisagreement.Changed, First), (refused.Disagreement, refused.Id.ToString()));
        Assert.Contains(before, refused.Message, StringComparison.Ordinal);
        Assert.Contains("RepairAsync", refused.Message, StringComparison.Ordinal);
        await place.Runner().RepairAsync(MigrationId.Parse(First));
        Assert.True((await place.Runner().PlanAsync()).IsEmpty);
    }

    [Fact]
    public async Task Statement_that_is_added_to_an_applied_migration_is_a_change()
    {
        await using var place = await PlaceAsync();
        place.Write(First, "create table first (); create table more ();");

        Assert.Equal(MigrationDisagreement.Changed, (await Assert.ThrowsAsync<MigrationHistoryException>(() => place.Runner().PlanAsync())).Disagreement);
    }

    [Fact]
    public async Task Missing_migration_is_told_and_can_be_allowed_or_forgotten()
    {
        await using var place = await PlaceAsync();
        place.Delete(First);

        var refused = await Assert.ThrowsAsync<MigrationHistoryException>(() => place.Runner().PlanAsync());

        Assert.Equal((MigrationDisagreement.Missing, First), (refused.Disagreement, refused.Id.ToString()));
        Assert.True((await place.Runner(options => options.AllowMissing = true).PlanAsync()).IsEmpty);
        await place.Runner().RepairAsync(MigrationId.Parse(First));
        Assert.True((await place.Runner().PlanAsync()).IsEmpty);
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => place.Runner().RepairAsync(MigrationId.Parse(First)));
    }

    [Fact]
    public async Task Migration_that_comes_late_is_told_and_can_be_allowed()
    {
        await using var place = await PlaceAsync();
        place.Write("neon/20260101T1100_between", "create table between_both ();");
        place.Write("supabase/20260101T1100_other", "create table other ();");

        var refused = await Assert.ThrowsAsync<MigrationHistoryException>(() => place.Runner().PlanAsync());

        Assert.Equal((MigrationDisagreement.OutOfOrder, "neon/20260101T1100_between"), (refused.Disagreement, refused.Id.ToString()));
        Assert.Contains(Later, refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await place.Runner(options => options.AllowOutOfOrder = true).MigrateAsync()).Applied.Count);
    }

    [Fact]
    public async Task Conflict_is_told()
    {
        await using var place = await PlaceAsync();
        place.Write("supabase/20260101T1300_conflicts", $"-- conflicts: {First}\nselect 1;");

        var refused = await Assert.ThrowsAsync<MigrationHistoryException>(() => place.Runner().PlanAsync());

        Assert.Equal((MigrationDisagreement.Conflict, "supabase/20260101T1300_conflicts"), (refused.Disagreement, refused.Id.ToString()));
    }

    [Fact]
    public async Task Database_that_has_its_schema_already_is_taken_over_without_running_anything()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(First, "create table first ();").Write("supabase/20260101T1100_other", "create table other ();").Write(Later, "create table later ();").Write("neon/20260101T1300_new", "create table new ();");
        await place.AskNeonAsync<object?>("create table first (); create table later ()");

        var recorded = await place.Runner().BaselineAsync(MigrationId.Parse(Later));

        Assert.Equal([First, Later], recorded.Recorded.Select(id => id.ToString()));
        Assert.Equal(["supabase/20260101T1100_other", "neon/20260101T1300_new"], (await place.Runner().MigrateAsync()).Applied.Select(id => id.ToString()));
        Assert.Empty((await place.Runner().BaselineAsync(MigrationId.Parse(Later))).Recorded);
        await Assert.ThrowsAsync<ArgumentException>(() => place.Runner().BaselineAsync(MigrationId.Parse("supabase/20260101T1200_later")));
        place.Write(First, "create table first (id int);");
        await Assert.ThrowsAsync<MigrationHistoryException>(() => place.Runner().PlanAsync());
    }

    [Fact]
    public async Task Runs_are_listed_page_by_page_and_each_migration_says_what_it_requires()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        Assert.Empty(await place.Runner().RunsAsync());
        place.Write(First, "create table first ();");
        await place.Runner().MigrateAsync();
        place.Write("supabase/20260101T1300_broken", $"-- requires: {First}\n-- phase: contract\n\ndrop table not_there;");
        await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner().MigrateAsync());

        var runs = await place.Runner().RunsAsync();

        Assert.Equal([MigrationRunState.Failed, MigrationRunState.Succeeded], runs.Select(static run => run.State));
        Assert.Equal(["supabase/20260101T1300_broken"], runs[0].Migrations);
        Assert.Contains("not_there", runs[0].Error, StringComparison.Ordinal);
        Assert.Null(runs[0].FinishedAt);
        Assert.Equal((First, true, 1), (Assert.Single(runs[1].Migrations), runs[1].FinishedAt > runs[1].StartedAt, runs[1].Starts));
        Assert.Equal(runs[1].RunId, Assert.Single(await place.Runner().RunsAsync(runs[0])).RunId);
        var broken = (await place.Runner().StatusAsync()).Migrations.Single(static migration => migration.Id.Database == Database.Supabase);
        Assert.Equal((MigrationPhase.Contract, First), (broken.Phase, Assert.Single(broken.Requires).ToString()));
    }

    private async Task<MigrationPlace> PlaceAsync()
    {
        var place = await MigrationPlace.CreateAsync(servers);
        place.Write(First, "create table first ();").Write(Later, "create table later ();");
        await place.Runner().MigrateAsync();
        return place;
    }
}
