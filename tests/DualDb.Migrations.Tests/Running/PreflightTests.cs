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

    private async Task<MigrationPlace> PlaceAsync()
        => (await MigrationPlace.CreateAsync(servers)).Write("neon/20260101T1000_first", "create table first (id bigint);").Write("supabase/20260101T1100_second", "create table second ();");
}
