using DualDb.Migrations.Tests.Places;
using DualDb.Testing;
using Npgsql;

namespace DualDb.Migrations.Tests.Running;

public sealed class PreflightTests(MigrationServers servers)
{
    [Fact]
    public async Task Obstacles_of_both_databases_are_told_before_either_is_changed()
    {
        await using var place = await PlaceAsync();
        await place.AskNeonAsync<object?>("do $$ begin if to_regrole('mere_reader') is null then create role mere_reader login password 'reader'; end if; end $$");
        await place.AskSupabaseAsync<object?>("do $$ begin execute format('alter database %I set default_transaction_read_only = on', current_database()); end $$");
        await using var db = place.Open(options => options.Neon.ConnectionString = new NpgsqlConnectionStringBuilder(place.Neon) { Username = "mere_reader", Password = "reader" }.ConnectionString);

        var refused = await Assert.ThrowsAsync<MigrationPreflightException>(() => db.Migrations(DualDbMigrations.FromFolder(place.Folder)).MigrateAsync());

        Assert.Equal([Database.Neon, Database.Neon, Database.Supabase], refused.Obstacles.Select(obstacle => obstacle.Database));
        Assert.Contains("grant usage, create on schema dualdb to \"mere_reader\"", refused.Obstacles[0].Reason, StringComparison.Ordinal);
        Assert.Contains("may not create anything in the schema public", refused.Obstacles[1].Reason, StringComparison.Ordinal);
        Assert.Contains("only reads", refused.Obstacles[2].Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("password", refused.Message, StringComparison.OrdinalIgnoreCase);
        Assert.False(await place.AskNeonAsync<bool>("select to_regnamespace('dualdb') is not null"));
    }

    [Fact]
    public async Task Database_that_cannot_be_reached_keeps_the_other_from_being_changed()
    {
        await using var place = await PlaceAsync();
        var plan = await place.Runner().PlanAsync();
        await using var db = place.Open(options =>
        {
            options.Supabase.ConnectionString = new NpgsqlConnectionStringBuilder(place.Supabase) { Port = 1 }.ConnectionString;
            options.Supabase.MaxRetries = 0;
        });

        var refused = await Assert.ThrowsAsync<MigrationPreflightException>(() => db.Migrations(DualDbMigrations.FromFolder(place.Folder)).RunAsync(plan));

        Assert.Equal(Database.Supabase, Assert.Single(refused.Obstacles).Database);
        Assert.IsType<DatabaseUnavailableException>(refused.InnerException);
        Assert.False(await place.AskNeonAsync<bool>("select to_regnamespace('dualdb') is not null"));
    }

    [Fact]
    public async Task Transactions_that_are_open_for_long_are_named()
    {
        await using var place = await PlaceAsync();
        await using var other = new NpgsqlConnection(place.Supabase + ";Application Name=report");
        await other.OpenAsync();
        await using var open = await other.BeginTransactionAsync();
        await using var command = new NpgsqlCommand("select 1", other, open);
        await command.ExecuteNonQueryAsync();

        var refused = await Assert.ThrowsAsync<MigrationPreflightException>(() => place.Runner(options => options.LongestTransaction = TimeSpan.FromMicroseconds(1)).MigrateAsync());

        var obstacle = Assert.Single(refused.Obstacles);
        Assert.Equal(Database.Supabase, obstacle.Database);
        Assert.Contains($"process {other.ProcessID}, ", obstacle.Reason, StringComparison.Ordinal);
        Assert.Contains("report", obstacle.Reason, StringComparison.Ordinal);
        Assert.Equal(2, (await place.Runner(options => options.LongestTransaction = null).MigrateAsync()).Applied.Count);
    }

    [Fact]
    public async Task Pooler_takes_transactions_and_refuses_what_needs_a_session_of_its_own()
    {
        await using var place = await PlaceAsync();
        await using var pooler = await LocalPgBouncer.StartAsync(servers.Servers.Neon);
        await using var db = place.Open(options => options.Neon.ConnectionString = pooler.Rewrite(place.Neon));
        Assert.Equal(2, (await db.Migrations(DualDbMigrations.FromFolder(place.Folder)).MigrateAsync()).Applied.Count);
        place.Write("neon/20260101T1400_index", "create index concurrently first_id on first (id);");

        var refused = await Assert.ThrowsAsync<MigrationPreflightException>(() => db.Migrations(DualDbMigrations.FromFolder(place.Folder)).MigrateAsync());

        Assert.Contains("MigrationOptions.NeonConnectionString", Assert.Single(refused.Obstacles).Reason, StringComparison.Ordinal);
        Assert.Single((await db.Migrations(DualDbMigrations.FromFolder(place.Folder), options => options.NeonConnectionString = place.Neon).MigrateAsync()).Applied);
    }

    [Fact]
    public async Task Pooler_refuses_a_way_back_that_needs_a_session_before_anything_is_done()
    {
        await using var place = await PlaceAsync();
        await place.Runner().MigrateAsync();
        await using var pooler = await LocalPgBouncer.StartAsync(servers.Servers.Neon);
        await using var db = place.Open(options => options.Neon.ConnectionString = pooler.Rewrite(place.Neon));
        MigrationRunner Over(Action<MigrationOptions>? configure = null) => db.Migrations(DualDbMigrations.FromFolder(place.Folder), configure);
        place.Write("neon/20260101T1400_index", "create index first_id on first (id);\n-- down:\ndrop index concurrently first_id;");

        // The way up takes transactions alone. What may be undone at once is looked at with it.
        var compensated = await Assert.ThrowsAsync<MigrationPreflightException>(() => Over(static options => options.OnFailure = MigrationFailurePolicy.Compensate).MigrateAsync());
        Assert.Contains("MigrationOptions.NeonConnectionString", Assert.Single(compensated.Obstacles).Reason, StringComparison.Ordinal);
        Assert.False(await place.AskNeonAsync<bool>("select to_regclass('first_id') is not null"));
        Assert.Single((await Over().MigrateAsync()).Applied);

        var down = await Over().PlanDownAsync(1);
        var undone = await Assert.ThrowsAsync<MigrationPreflightException>(() => Over().DownAsync(down));
        Assert.Contains("MigrationOptions.NeonConnectionString", Assert.Single(undone.Obstacles).Reason, StringComparison.Ordinal);
        Assert.True(await place.AskNeonAsync<bool>("select to_regclass('first_id') is not null"));
        Assert.Single((await Over(options => options.NeonConnectionString = place.Neon).DownAsync(down)).Undone);
    }

    [Fact]
    public async Task Schema_that_Supabase_looks_after_is_changed_only_by_a_file_that_says_so()
    {
        await using var place = await PlaceAsync();
        await place.AskSupabaseAsync<object?>("create schema auth");
        place.Write("supabase/20260101T1400_auth", "select 1;\ncreate table auth.settings (id bigint);");

        var refused = await Assert.ThrowsAsync<MigrationPreflightException>(() => place.Runner().MigrateAsync());

        Assert.Contains("supabase/20260101T1400_auth.sql(2) changes a schema that Supabase looks after", Assert.Single(refused.Obstacles).Reason, StringComparison.Ordinal);
        Assert.False(await place.AskNeonAsync<bool>("select to_regclass('first') is not null"));
        place.Write("supabase/20260101T1400_auth", "-- accept: DDM011 this is no Supabase\nselect 1;\ncreate table auth.settings (id bigint);");
        Assert.Equal(3, (await place.Runner().MigrateAsync()).Applied.Count);
    }

    [Fact]
    public async Task Rights_that_are_missing_are_named_with_the_statement_that_grants_them()
    {
        await using var place = await PlaceAsync();
        await place.Runner().MigrateAsync();
        await place.AskNeonAsync<object?>("do $$ begin if to_regrole('mere_writer') is null then create role mere_writer login password 'writer'; end if; end $$");
        await place.AskNeonAsync<object?>("revoke create on schema public from public; grant usage on schema dualdb to mere_writer; grant select on dualdb.migrations, dualdb.migration_runs to mere_writer; create table dualdb.sync_tables ()");
        place.Write("neon/20260101T1400_third", "create table if not exists third (id bigint);");
        await using var db = place.Open(options => options.Neon.ConnectionString = new NpgsqlConnectionStringBuilder(place.Neon) { Username = "mere_writer", Password = "writer" }.ConnectionString);

        var refused = await Assert.ThrowsAsync<MigrationPreflightException>(() => db.Migrations(DualDbMigrations.FromFolder(place.Folder)).MigrateAsync());

        var reasons = refused.Obstacles.Select(obstacle => obstacle.Reason).ToList();
        Assert.Equal(2, reasons.Count);
        Assert.Contains("grant select, insert, update on dualdb.migrations to \"mere_writer\"; grant select, insert, update on dualdb.migration_runs to \"mere_writer\"; grant select, update on dualdb.migration_lock to \"mere_writer\"; grant select on dualdb.sync_tables to \"mere_writer\"", reasons[0], StringComparison.Ordinal);
        Assert.Contains("grant create on schema \"public\" to \"mere_writer\"", reasons[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_that_the_database_sets_for_everybody_are_not_those_of_a_migration()
    {
        await using var place = await PlaceAsync();
        await place.AskSupabaseAsync<object?>("""
            do $$ begin
                execute format('alter database %I set statement_timeout = 300', current_database());
                execute format('alter database %I set idle_in_transaction_session_timeout = 100', current_database());
                if current_setting('transaction_timeout', true) is not null then
                    execute format('alter database %I set transaction_timeout = 400', current_database());
                end if;
            end $$
            """);
        place.Write("supabase/20260101T1200_slow", "select pg_sleep(0.7);");
        place.Write("supabase/20260101T1300_alone", "-- transaction: none\ndo $$ begin perform pg_sleep(0.7); end $$;");
        place.Write("neon/20260101T1400_other", "select pg_sleep(0.7);");
        place.Write("supabase/20260101T1500_last", "create table last ();");

        Assert.Equal(6, (await place.Runner().MigrateAsync()).Applied.Count);
    }

    [Fact]
    public async Task Extension_that_a_server_does_not_offer_is_named_with_its_file_before_either_is_touched()
    {
        await using var place = await PlaceAsync();
        place.Write("supabase/20260101T1400_extension", "select 1;\ncreate extension if not exists plpgsql;\ncreate extension if not exists \"no-such\" with schema public;");

        var refused = await Assert.ThrowsAsync<MigrationPreflightException>(() => place.Runner().MigrateAsync());

        var obstacle = Assert.Single(refused.Obstacles);
        Assert.Equal(Database.Supabase, obstacle.Database);
        Assert.Contains("supabase/20260101T1400_extension.sql(3) creates the extension no-such, which this server does not offer", obstacle.Reason, StringComparison.Ordinal);
        Assert.False(await place.AskNeonAsync<bool>("select to_regnamespace('dualdb') is not null or to_regclass('first') is not null"));
    }

    [Fact]
    public async Task Rights_that_a_move_needs_on_both_tables_are_looked_for_before_either_is_touched()
    {
        await using var place = await PlaceAsync();
        const string Role = "do $$ begin if to_regrole('mere_mover') is null then create role mere_mover login password 'mover'; end if; end $$; ";
        await place.AskNeonAsync<object?>(Role + "create table first_wishes (id bigint primary key); grant select on first_wishes to mere_mover; do $$ begin execute format('grant create on database %I to mere_mover', current_database()); end $$; grant create on schema public to mere_mover");
        await place.AskSupabaseAsync<object?>(Role + "create table wishes (id bigint primary key); alter table wishes enable row level security; grant select on wishes to mere_mover; do $$ begin execute format('grant create on database %I to mere_mover', current_database()); end $$; grant create on schema public to mere_mover");
        place.Write("supabase/20260101T1400_copy", "-- phase: backfill\n-- move: public.first_wishes to public.wishes").Write("supabase/20260101T1500_switch", "-- phase: switch\n-- move: public.first_wishes to public.wishes");
        await using var db = place.Open(options =>
        {
            options.Neon.ConnectionString = new NpgsqlConnectionStringBuilder(place.Neon) { Username = "mere_mover", Password = "mover" }.ConnectionString;
            options.Supabase.ConnectionString = new NpgsqlConnectionStringBuilder(place.Supabase) { Username = "mere_mover", Password = "mover" }.ConnectionString;
        });

        var refused = await Assert.ThrowsAsync<MigrationPreflightException>(() => db.Migrations(DualDbMigrations.FromFolder(place.Folder)).MigrateAsync());

        var neon = refused.Obstacles.Where(static obstacle => obstacle.Database == Database.Neon).Select(static obstacle => obstacle.Reason).ToList();
        Assert.Contains(neon, static reason => reason.StartsWith("supabase/20260101T1400_copy.sql moves public.first_wishes, which comes from here, and the role \"mere_mover\" lacks trigger", StringComparison.Ordinal));
        Assert.DoesNotContain(neon, static reason => reason.Contains("1400_copy", StringComparison.Ordinal) && reason.Contains("does not own", StringComparison.Ordinal));
        Assert.Contains(neon, static reason => reason.Contains("1500_switch", StringComparison.Ordinal) && reason.Contains("does not own it", StringComparison.Ordinal));
        var supabase = refused.Obstacles.Where(static obstacle => obstacle.Database == Database.Supabase).Select(static obstacle => obstacle.Reason).ToList();
        Assert.Contains(supabase, static reason => reason.Contains("does not own it", StringComparison.Ordinal));
        Assert.Contains(supabase, static reason => reason.Contains("row-level security", StringComparison.Ordinal));
        Assert.False(await place.AskNeonAsync<bool>("select to_regnamespace('dualdb') is not null"));
        Assert.False(await place.AskSupabaseAsync<bool>("select to_regnamespace('dualdb') is not null"));
    }

    [Fact]
    public async Task Relations_of_another_owner_and_schemas_of_others_are_named_before_either_database_is_touched()
    {
        await using var place = await PlaceAsync();
        await place.Runner().MigrateAsync();
        await place.AskNeonAsync<object?>("""
            do $$ begin if to_regrole('mere_changer') is null then create role mere_changer login password 'changer'; end if; end $$;
            grant usage, create on schema dualdb, public to mere_changer; grant all on all tables in schema dualdb to mere_changer; grant all on all sequences in schema dualdb to mere_changer;
            create schema foreign_one; create table theirs (id bigint); create view seen as select 1 as one; create table mine (id bigint); alter table mine owner to mere_changer; create table foreign_one.theirs (id bigint);
            """);
        place.Write("neon/20260101T1400_changes", """

            alter table mine add column more int;
            create table later (id bigint);
            alter table later add column more int;
            alter table if exists nobody add column more int;
            alter table only public.theirs add column more int;
            create unique index if not exists theirs_id on theirs (id);
            drop view if exists mine_too, seen;
            create table foreign_one.third (id bigint);
            """);
        await using var db = place.Open(options => options.Neon.ConnectionString = new NpgsqlConnectionStringBuilder(place.Neon) { Username = "mere_changer", Password = "changer" }.ConnectionString);
        MigrationRunner Runner() => db.Migrations(DualDbMigrations.FromFolder(place.Folder));

        var refused = await Assert.ThrowsAsync<MigrationPreflightException>(() => Runner().MigrateAsync());

        Assert.Equal(
            [
                "neon/20260101T1400_changes.sql(6) alters or drops theirs, which the role \"mere_changer\" does not own",
                "neon/20260101T1400_changes.sql(8) alters or drops seen, which the role \"mere_changer\" does not own",
                "neon/20260101T1400_changes.sql(9) creates something in the schema foreign_one, and the role \"mere_changer\" may not",
            ],
            refused.Obstacles.Select(static obstacle => obstacle.Reason.Split(": ")[0]));
        Assert.EndsWith(": as its owner, run: grant create on schema foreign_one to \"mere_changer\"", refused.Obstacles[2].Reason, StringComparison.Ordinal);
        place.Write("neon/20260101T1400_changes", "alter table mine add column more int;\ncreate table later (id bigint);\nalter table later add column more int;\ndrop table mine;");
        Assert.Single((await Runner().MigrateAsync()).Applied);
    }

    [Fact]
    public async Task Drift_that_refuses_a_run_does_so_before_it_has_written_anything()
    {
        await using var place = await PlaceAsync();
        await place.Runner().MigrateAsync();
        await place.AskNeonAsync<object?>("alter table first add column by_hand int");
        place.Write("neon/20260101T1400_third", "create table third ();");
        const string Written = "select token || ' ' || coalesce(pg_current_xact_id_if_assigned()::text, '') from dualdb.migration_lock";
        var before = await place.AskNeonAsync<string>(Written);
        var points = new List<string>();

        await Assert.ThrowsAsync<MigrationPreflightException>(() => place.Runner(options => (options.OnDrift, options.Probe) = (MigrationDriftPolicy.Refuse, points.Add)).MigrateAsync());

        Assert.Empty(points);
        Assert.Equal(before, await place.AskNeonAsync<string>(Written));
    }

    [Fact]
    public async Task Room_that_a_plan_needs_is_told_and_nothing_is_refused_for_it()
    {
        await using var place = await PlaceAsync();
        await place.AskNeonAsync<object?>("create table large (id bigint primary key, note text); insert into large select i, repeat('x', 100) from generate_series(1, 10000) i");
        place.Write("neon/20260101T1400_type", "select 1;\nalter table only public.large alter column note type varchar(200);\nvacuum (full) large;\nalter table if exists nobody alter column note type int;")
            .Write("supabase/20260101T1400_large", "create table large (id bigint primary key, note text);").Write("supabase/20260101T1500_copy", "-- phase: backfill\n-- move: public.large");

        var remarks = await place.Runner().FindRemarksAsync(await place.Runner().PlanAsync());

        Assert.Equal([Database.Neon, Database.Neon, Database.Supabase], remarks.Select(static remark => remark.Database));
        Assert.Matches(@"^neon/20260101T1400_type\.sql\(2\) writes public\.large anew, which takes 1\.\d MB of the [\d.]+ MB in Neon", remarks[0].Message);
        Assert.Contains("(3) writes large anew", remarks[1].Message, StringComparison.Ordinal);
        Assert.Matches(@"brings public\.large from Neon, where it takes 1\.\d MB; Supabase holds [\d.]+ MB by now", remarks[2].Message);
    }

    private async Task<MigrationPlace> PlaceAsync()
        => (await MigrationPlace.CreateAsync(servers)).Write("neon/20260101T1000_first", "create table first (id bigint);").Write("supabase/20260101T1100_second", "create table second ();");
}
