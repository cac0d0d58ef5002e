using DualDb.Migrations.Tests.Places;
using DualDb.Migrations.Tests.Running;

namespace DualDb.Migrations.Tests.Drift;

/// <summary>What somebody has changed without a migration is told before the next one runs.</summary>
public sealed class ChangedByHandTests(MigrationServers servers)
{
    private const string ByHand = """
        alter table orders alter column note type varchar(40), alter column total set default 7;
        drop index orders_note; alter table orders disable trigger touched; alter table orders add column more int;
        create view totals as select total from orders; create table theirs (id int); drop table other;
        """;

    [Fact]
    public async Task Changes_by_hand_are_told_by_name_and_the_run_goes_on()
    {
        await using var place = await PlaceAsync();
        Assert.Empty(await place.Runner().FindDriftAsync(TestContext.Current.CancellationToken));
        await place.AskNeonAsync<object?>(ByHand);
        await place.AskSupabaseAsync<object?>("alter table people alter column id drop identity");
        place.Write("neon/20260101T1300_next", "create table next (id int);");

        var drift = (await place.Runner().MigrateAsync()).Drift;

        Assert.Equal(
            [
                "Neon Definition column public.orders.note", "Neon Definition column public.orders.total", "Neon Definition trigger public.orders: touched", "Neon Extra column public.orders.more", "Neon Extra view public.totals",
                "Neon Missing index public.orders: public.orders_note", "Neon Missing table public.other", "Supabase Definition column public.people.id",
            ],
            drift.Select(static one => $"{one.Database} {one.Kind} {one.Subject}").Order(StringComparer.Ordinal));
        Assert.Contains("from text not null to character varying(40) not null", drift.Single(static one => one.Subject.EndsWith(".note", StringComparison.Ordinal)).Message, StringComparison.Ordinal);
        Assert.Contains("generated always as identity", drift[^1].Message, StringComparison.Ordinal);
        Assert.Empty(await place.Runner().FindDriftAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task They_are_refused_before_anything_is_done_or_not_looked_for()
    {
        await using var place = await PlaceAsync();
        await place.AskNeonAsync<object?>("alter table orders add column more int");
        place.Write("neon/20260101T1300_next", "create table next (id int);");

        var refused = await Assert.ThrowsAsync<MigrationPreflightException>(() => place.Runner(static options => options.OnDrift = MigrationDriftPolicy.Refuse).MigrateAsync());

        Assert.Equal(Database.Neon, Assert.Single(refused.Obstacles).Database);
        Assert.Contains("column public.orders.more: it was added without a migration: integer", refused.Message, StringComparison.Ordinal);
        Assert.False(await place.AskNeonAsync<bool>("select to_regclass('next') is not null"));
        Assert.Empty((await place.Runner(static options => options.OnDrift = MigrationDriftPolicy.Off).MigrateAsync()).Drift);

        // What another run has applied that noted nothing is not known, and nothing is made up.
        Assert.Empty(await place.Runner().FindDriftAsync(TestContext.Current.CancellationToken));
        place.Write("neon/20260101T1400_then", "create table then_next (id int);");
        await place.Runner(static options => options.Drift.Ignored.Add("public.orders")).MigrateAsync();
        await place.AskNeonAsync<object?>("alter table orders drop column more");
        Assert.Empty(await place.Runner(static options => options.Drift.Ignored.Add("public.orders")).FindDriftAsync(TestContext.Current.CancellationToken));
        Assert.Single(await place.Runner().FindDriftAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_runs_have_left_that_failed_broke_off_or_went_back_is_no_drift()
    {
        await using var place = await PlaceAsync();
        place.Write("neon/20260101T1300_next", "create table next (id int);\n-- down:\ndrop table next;").Write("neon/20260101T1400_bad", "select 1 / 0;");
        await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner().MigrateAsync());
        Assert.Empty(await place.Runner().FindDriftAsync(TestContext.Current.CancellationToken));
        await place.AskNeonAsync<object?>("alter table next add column more int");
        Assert.Single(await place.Runner().FindDriftAsync(TestContext.Current.CancellationToken));
        await place.AskNeonAsync<object?>("alter table next drop column more");

        place.Delete("neon/20260101T1400_bad");
        await place.AskNeonAsync<object?>("delete from dualdb.migrations where name = '20260101T1400_bad'");
        await place.Runner().MigrateAsync();
        await place.Runner().DownAsync(await place.Runner().PlanDownAsync(1));
        Assert.Empty(await place.Runner().FindDriftAsync(TestContext.Current.CancellationToken));

        await Assert.ThrowsAsync<CrashException>(() => place.Runner(static options => options.Probe = static point =>
        {
            if (point is "committed")
            {
                throw new CrashException(point);
            }
        }).MigrateAsync());
        await place.EndLeasesAsync();
        Assert.Empty((await place.Runner(static options => options.OnDrift = MigrationDriftPolicy.Refuse).MigrateAsync()).Drift);
    }

    [Fact]
    public async Task They_are_told_with_a_failure_since_the_next_run_does_not_tell_them()
    {
        await using var place = await PlaceAsync();
        await place.AskNeonAsync<object?>("alter table orders add column more int");
        place.Write("neon/20260101T1300_bad", "select 1 / 0;");

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner().MigrateAsync());

        Assert.Equal("column public.orders.more", Assert.Single(failed.Drift).Subject);
        Assert.Empty((await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner().MigrateAsync())).Drift);
    }

    /// <summary>Also where something ends the run that is no failure of a migration: what it has applied makes its look the last one.</summary>
    [Theory]
    [InlineData("update dualdb.migration_lock set owner = gen_random_uuid(), token = token + 1", typeof(MigrationLeaseLostException))]
    [InlineData("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and application_name = 'DualDb migrations'", typeof(MigrationInterruptedException))]
    public async Task They_are_told_where_the_lock_or_the_connection_is_lost(string sql, Type expected)
    {
        await using var place = await PlaceAsync();
        await place.AskNeonAsync<object?>("alter table orders add column more int");
        place.Write("neon/20260101T1300_next", "create table next (id int);").Write("neon/20260101T1400_then", "create table then_next (id int);");
        var done = 0;

        var failed = await Assert.ThrowsAsync(expected, () => place.Runner(options => options.Probe = point =>
        {
            if (point is "statement done, not committed" && ++done == 2)
            {
                place.AskNeonAsync<object?>(sql).GetAwaiter().GetResult();
            }
        }).MigrateAsync());

        Assert.Equal("column public.orders.more", Assert.Single(failed.GetMigrationDrift()).Subject);
        Assert.Equal("20260101T1300_next", Assert.Single(failed.GetAppliedMigrations()).Name);
        await place.EndLeasesAsync();
        Assert.Empty((await place.Runner().MigrateAsync()).Drift);
    }

    [Fact]
    public async Task They_are_told_where_the_run_is_cancelled()
    {
        await using var place = await PlaceAsync();
        await place.AskNeonAsync<object?>("alter table orders add column more int");
        place.Write("neon/20260101T1300_next", "create table next (id int);").Write("neon/20260101T1400_doubt", "vacuum next;");
        using var cancellation = new CancellationTokenSource();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => place.Runner(options => options.Probe = point =>
        {
            if (point is "attempt written")
            {
                cancellation.Cancel();
            }
        }).MigrateAsync(cancellation.Token));

        Assert.Equal("column public.orders.more", Assert.Single(cancelled.GetMigrationDrift()).Subject);
        Assert.Single(cancelled.GetAppliedMigrations());
    }

    [Fact]
    public async Task Way_down_looks_tells_and_refuses_as_the_way_up_does()
    {
        await using var place = await PlaceAsync();
        place.Write("neon/20260101T1300_next", "create table next (id int);\n-- down:\ndrop table next;").Write("neon/20260101T1400_bad", "create table bad (id int);\n-- down:\ndrop table bda;");
        await place.Runner().MigrateAsync();
        await place.AskNeonAsync<object?>("alter table orders add column more int");
        var plan = await place.Runner().PlanDownAsync(1);

        var refused = await Assert.ThrowsAsync<MigrationPreflightException>(() => place.Runner(static options => options.OnDrift = MigrationDriftPolicy.Refuse).DownAsync(plan));
        Assert.Contains("column public.orders.more", refused.Message, StringComparison.Ordinal);
        Assert.Equal("column public.orders.more", Assert.Single((await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner().DownAsync(plan))).Drift).Subject);
        place.Write("neon/20260101T1400_bad", "create table bad (id int);\n-- down:\ndrop table bad;");
        Assert.Empty((await place.Runner().DownAsync(await place.Runner().PlanDownAsync(1))).Drift);

        await place.AskNeonAsync<object?>("alter table orders drop column more");
        Assert.Equal("column public.orders.more", Assert.Single((await place.Runner().DownAsync(await place.Runner().PlanDownAsync(1))).Drift).Subject);
        Assert.Empty(await place.Runner().FindDriftAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>What is written into a migration and is there by hand already is taken for applied: that is not refused, and what else was changed is not swallowed.</summary>
    [Fact]
    public async Task Baseline_and_import_tell_them_and_refuse_nothing()
    {
        await using var place = await PlaceAsync();
        place.Write("neon/20260101T1300_more", "alter table orders add column more int;").Write("neon/20260101T1400_totals", "create view totals as select total from orders;");
        await place.AskNeonAsync<object?>("alter table orders add column more int");

        var baseline = await place.Runner(static options => options.OnDrift = MigrationDriftPolicy.Refuse).BaselineAsync(MigrationId.Parse("neon/20260101T1300_more"));
        Assert.Equal("column public.orders.more", Assert.Single(baseline.Drift).Subject);
        Assert.Single(baseline.Recorded);

        await place.AskNeonAsync<object?>("""
            create view totals as select total from orders; create table "__EFMigrationsHistory" ("MigrationId" text primary key, "ProductVersion" text not null);
            insert into "__EFMigrationsHistory" values ('20260101140000_Totals', '9')
            """);
        var import = await place.Runner(static options => options.OnDrift = MigrationDriftPolicy.Refuse).ImportHistoryAsync(MigrationHistorySource.EntityFramework);
        Assert.Equal("view public.totals", Assert.Single(import.Drift).Subject);
        Assert.Single(import.Recorded);
        Assert.Empty(await place.Runner().FindDriftAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Another node has applied the plan meanwhile: what is found then is not noted, since nobody was told.</summary>
    [Fact]
    public async Task Run_that_finds_nothing_left_to_apply_notes_nothing()
    {
        await using var place = await PlaceAsync();
        place.Write("neon/20260101T1300_next", "create table next (id int);");
        var plan = await place.Runner().PlanAsync();
        await place.Runner().MigrateAsync();
        await place.AskNeonAsync<object?>("alter table orders add column more int");

        Assert.Empty((await place.Runner().RunAsync(plan)).Applied);

        Assert.Single(await place.Runner().FindDriftAsync(TestContext.Current.CancellationToken));
    }

    private async Task<MigrationPlace> PlaceAsync()
    {
        var place = (await MigrationPlace.CreateAsync(servers))
            .Write("neon/20260101T1200_orders", """
                create table orders (id bigint primary key, note text not null, total int); create index orders_note on orders (note); create table other (id int);
                create function touch() returns trigger language plpgsql as 'begin return new; end';
                create trigger touched before update on orders for each row execute function touch();
                """)
            .Write("supabase/20260101T1210_people", "create table people (id bigint generated always as identity primary key);");
        await place.Runner().MigrateAsync();
        return place;
    }
}
