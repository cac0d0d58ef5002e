using DualDb.Consistency.Sync;
using DualDb.Consistency.Tests.Places;
using DualDb.Migrations;

namespace DualDb.Consistency.Tests.Sync.Pausing;

/// <summary>What takes something away from a synchronised table waits until both sides are known to be equal.</summary>
public sealed class ContractHoldTests(ConsistencyServers places)
{
    private const string Contract = "supabase/20260101T1200_contract";

    [Fact]
    public async Task Contraction_waits_for_a_comparison_behind_the_last_migration_that_found_nothing()
    {
        await using var place = await PausePlace.CreateAsync(places.Servers);
        await place.StartAsync();
        place.Write("supabase/20260101T1100_other", "-- phase: contract\ncreate table other (id bigint); drop table other;");
        Assert.Single((await place.MigrateAsync()).Applied);
        await place.NoteArrivesAsync(1);
        place.Write(Contract, "-- phase: contract\nalter table cards drop column if exists old;");

        Assert.EndsWith("(public.notes in Neon to public.cards in Supabase) touches its tables: both sides were not compared yet: dualdb sync verify --map notes. Write '-- accept: contract-unverified' and the reason into its header to run it nevertheless", await HeldAsync(place), StringComparison.Ordinal);

        await place.Place.SupabaseAsync("set session_replication_role = replica; update cards set label = 'damaged'");
        await place.Sync.Verifications.RunAsync("ada");
        Assert.Contains("the last comparison found 1 rows that differ: repair them", await HeldAsync(place), StringComparison.Ordinal);

        await place.Place.SupabaseAsync("set session_replication_role = replica; update cards set label = 'on'");
        Assert.True((await place.Sync.Verifications.RunAsync("ada")).IsConsistent);
        Assert.Single((await place.MigrateAsync()).Applied);

        place.Write("neon/20260101T1300_contract", "-- phase: contract\nalter table notes drop column if exists old;");
        Assert.Contains("were not compared since the last migration", await HeldAsync(place), StringComparison.Ordinal);
        await place.Sync.Verifications.RunAsync("ada");
        Assert.Single((await place.MigrateAsync()).Applied);
    }

    [Fact]
    public async Task Contraction_waits_for_changes_on_their_way_unless_its_file_says_that_it_need_not()
    {
        await using var place = await PausePlace.CreateAsync(places.Servers);
        await place.StartAsync();
        await place.NoteArrivesAsync(1);
        await place.Sync.Verifications.RunAsync("ada");
        await place.Sync.PauseAsync("notes", "a test", "ada");
        await place.Place.NeonAsync("insert into notes values (2, 'late')");
        place.Write(Contract, "-- phase: contract\nalter table cards drop column if exists old;");

        Assert.Contains("map notes (public.notes in Neon to public.cards in Supabase) touches its tables: 1 changes are not carried yet, and 0 were put aside", await HeldAsync(place), StringComparison.Ordinal);

        place.Write(Contract, "-- phase: contract\n-- accept: contract-unverified the column was never used\nalter table cards drop column if exists old;");
        Assert.Single((await place.MigrateAsync()).Applied);
    }

    [Fact]
    public async Task Plan_that_changes_the_table_before_it_contracts_it_is_to_be_run_in_two_parts()
    {
        await using var place = await PausePlace.CreateAsync(places.Servers);
        await place.StartAsync();
        await place.Sync.Verifications.RunAsync("ada");
        place.Write("neon/20260101T1000_expand", "alter table notes add column more int;").Write(Contract, "-- phase: contract\nalter table cards drop column if exists old;");

        Assert.Contains("the plan changes it as well (neon/20260101T1000_expand): apply that first (dualdb migrations up --through switch)", await HeldAsync(place), StringComparison.Ordinal);
        Assert.False(await place.Place.NeonAsync("select exists (select from pg_attribute where attrelid = 'notes'::regclass and attname = 'more')") is true);
    }

    [Fact]
    public async Task Way_back_of_a_contraction_is_not_held_nor_the_way_forward_for_what_is_beside_it_to_be_undone()
    {
        await using var place = await PausePlace.CreateAsync(places.Servers);
        await place.StartAsync();
        await place.NoteArrivesAsync(1);
        await place.Sync.Verifications.RunAsync("ada");
        place.Write("supabase/20260101T1000_other", "create table other (id bigint);\n-- down:\nalter table cards add column if not exists more int; drop table other;")
            .Write(Contract, "-- phase: contract\nalter table cards drop column if exists old;\n-- down:\nalter table cards add column old int;");
        var runner = Compensating(place);
        Assert.Equal(2, (await runner.MigrateAsync(TestContext.Current.CancellationToken)).Applied.Count);

        await place.NoteArrivesAsync(2);
        var down = await runner.PlanDownAsync(2, TestContext.Current.CancellationToken);
        Assert.Equal(2, (await runner.DownAsync(down, TestContext.Current.CancellationToken)).Undone.Count);
        await place.NoteArrivesAsync(3);
    }

    [Fact]
    public async Task Contraction_that_a_run_has_begun_is_not_held_where_that_run_is_to_be_undone_should_it_fail()
    {
        await using var place = await PausePlace.CreateAsync(places.Servers);
        await place.StartAsync();
        await place.Sync.Verifications.RunAsync("ada");
        place.Write("supabase/20260101T1000_other", "create table other (id bigint);\n-- down:\ndrop table other;")
            .Write(Contract, "-- phase: contract\nalter table cards drop column if exists old;\nselect nothing;\n-- down: none");
        await Assert.ThrowsAsync<MigrationFailedException>(() => place.MigrateAsync());

        place.Write(Contract, "-- phase: contract\nalter table cards drop column if exists old;\n-- down: none");

        Assert.Equal(Contract, Assert.Single((await Compensating(place).MigrateAsync(TestContext.Current.CancellationToken)).Applied).ToString());
    }

    private static MigrationRunner Compensating(PausePlace place) => place.Place.Db.Migrations(DualDbMigrations.FromFolder(place.Folder), static options =>
    {
        options.OnFailure = MigrationFailurePolicy.Compensate;
        options.LockRetryDelay = TimeSpan.FromMilliseconds(20);
    });

    private static async Task<string> HeldAsync(PausePlace place)
        => Assert.Single((await Assert.ThrowsAsync<MigrationPreflightException>(() => place.MigrateAsync())).Obstacles).Reason;
}
