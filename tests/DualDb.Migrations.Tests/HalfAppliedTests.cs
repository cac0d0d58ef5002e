namespace DualDb.Migrations.Tests;

/// <summary>Which migrations leave both schemas at different places.</summary>
public sealed class HalfAppliedTests
{
    private static readonly MigrationId Neon = MigrationId.Parse("neon/20260101T1000_orders");
    private static readonly MigrationId Supabase = MigrationId.Parse("supabase/20260101T1100_profiles");
    private static readonly MigrationId Contract = MigrationId.Parse("supabase/20260101T1200_drop_old");

    [Fact]
    public void A_run_that_broke_off_between_the_databases_leaves_what_it_planned_for_the_other()
        => Assert.Equal([Supabase], Status(MigrationStandingState.Applied, MigrationStandingState.Pending, Neon, Supabase).HalfApplied);

    [Fact]
    public void One_that_was_begun_there_is_not_applied()
        => Assert.Equal([Supabase], Status(MigrationStandingState.Applied, MigrationStandingState.Applying, Neon, Supabase).HalfApplied);

    [Fact]
    public void A_contract_that_is_left_for_later_is_no_fault()
        => Assert.Empty(Status(MigrationStandingState.Applied, MigrationStandingState.Applied).HalfApplied);

    [Fact]
    public void A_run_that_has_applied_nothing_has_divided_nothing()
        => Assert.Empty(Status(MigrationStandingState.Pending, MigrationStandingState.Pending, Neon, Supabase).HalfApplied);

    [Fact]
    public void A_run_that_is_under_way_has_not_broken_off()
    {
        var status = Status(MigrationStandingState.Applied, MigrationStandingState.Applying, Neon, Supabase);
        Assert.Empty((status with { UnfinishedRun = status.UnfinishedRun! with { IsUnderWay = true } }).HalfApplied);
    }

    private static MigrationStatus Status(MigrationStandingState neon, MigrationStandingState supabase, params IReadOnlyList<MigrationId> planned)
        => new(
            [new MigrationStanding(Neon, neon, true, false), new MigrationStanding(Supabase, supabase, true, false), new MigrationStanding(Contract, MigrationStandingState.Pending, true, false)],
            planned.Count == 0 ? null : new UnfinishedMigrationRun(Guid.Empty, IsUndoing: false, Error: null) { Planned = [.. planned.Select(static id => id.ToString())] });
}
