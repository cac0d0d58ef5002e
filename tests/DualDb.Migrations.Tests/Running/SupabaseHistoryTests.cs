using DualDb.Migrations.Tests.Places;

namespace DualDb.Migrations.Tests.Running;

/// <summary>The history of the supabase CLI is kept in step where it is there.</summary>
public sealed class SupabaseHistoryTests(MigrationServers servers)
{
    private const string Rows = "select coalesce(string_agg(version || ' ' || name || ' ' || array_to_string(statements, '|'), ', ' order by version), '') from supabase_migrations.schema_migrations";

    [Fact]
    public async Task Files_of_Supabase_are_written_with_their_statements_and_taken_out_on_the_way_down()
    {
        await using var place = await PlaceAsync();
        place.Write("supabase/20260101T1400_index", "create index concurrently people_id on people (id);\n-- down:\ndrop index people_id;");

        await place.Runner().MigrateAsync();
        Assert.Equal(
            "20260101110000 people create table people (id int)|comment on table people is 'x', 20260101140000 index create index concurrently people_id on people (id)",
            await place.AskSupabaseAsync<string>(Rows));
        Assert.False(await place.AskNeonAsync<bool>("select to_regnamespace('supabase_migrations') is not null"));

        await place.Runner().DownAsync(await place.Runner().PlanDownAsync(1));
        Assert.StartsWith("20260101110000 people", await place.AskSupabaseAsync<string>(Rows), StringComparison.Ordinal);
        Assert.DoesNotContain("index", await place.AskSupabaseAsync<string>(Rows), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_crash_leaves_both_histories_the_same()
    {
        await using var place = await PlaceAsync();
        place.Write("supabase/20260101T1400_index", "create index concurrently people_id on people (id);");
        var crash = 0;
        for (string? point = ""; point is not null; crash++)
        {
            await place.EmptyAsync();
            await place.AskSupabaseAsync<object?>("drop schema supabase_migrations cascade; " + Schema);
            var probe = new CrashProbe(crash);
            point = null;
            try
            {
                await place.Runner(options => options.Probe = probe.Reach).MigrateAsync();
            }
            catch (CrashException crashed)
            {
                point = crashed.Message;
            }

            var isInstalled = await place.AskSupabaseAsync<bool>("select to_regclass('dualdb.migrations') is not null");
            var applied = isInstalled ? await place.AskSupabaseAsync<long>("select count(*) from dualdb.migrations where state = 'applied' and name not like 'R%'") : 0;
            Assert.Equal(applied, await place.AskSupabaseAsync<long>("select count(*) from supabase_migrations.schema_migrations"));
        }

        Assert.True(crash > 10, $"{crash} points");
    }

    [Fact]
    public async Task Nothing_is_written_where_the_option_or_the_table_is_not_there()
    {
        await using var place = await PlaceAsync();
        await place.Runner(options => options.WriteSupabaseHistory = false).MigrateAsync();
        Assert.Equal("", await place.AskSupabaseAsync<string>(Rows));

        await place.AskSupabaseAsync<object?>("alter table supabase_migrations.schema_migrations drop column statements");
        place.Write("supabase/20260101T1400_more", "alter table people add more int;");
        await place.Runner().MigrateAsync();
        Assert.Equal(0, await place.AskSupabaseAsync<long>("select count(*) from supabase_migrations.schema_migrations"));
    }

    [Fact]
    public async Task What_is_repaired_by_hand_is_put_right_there_too()
    {
        await using var place = await PlaceAsync();
        await place.Runner().MigrateAsync();

        place.Write("supabase/20260101T1100_people", "create table people (id bigint);");
        await place.Runner().RepairAsync(MigrationId.Parse("supabase/20260101T1100_people"));
        Assert.Equal("20260101110000 people create table people (id bigint)", await place.AskSupabaseAsync<string>(Rows));

        // One of another tool with the same time is not touched.
        await place.AskSupabaseAsync<object?>("insert into supabase_migrations.schema_migrations values ('20260101100000', null, 'theirs')");
        place.Delete("supabase/20260101T1100_people");
        await place.Runner().RepairAsync(MigrationId.Parse("supabase/20260101T1100_people"));
        Assert.Equal("20260101100000", await place.AskSupabaseAsync<string>("select string_agg(version, ' ') from supabase_migrations.schema_migrations"));
    }

    [Fact]
    public async Task What_a_person_says_was_done_is_written_once_all_of_it_is()
    {
        await using var place = await PlaceAsync();
        place.Write("supabase/20260101T1400_call", "-- transaction: none\ncall nothing();\ncall nothing();");
        await place.AskSupabaseAsync<object?>("create procedure nothing() language sql as 'select 1'");
        await InDoubtAsync(place, "attempt written");

        await place.Runner().ResolveAsync(MigrationId.Parse("supabase/20260101T1400_call"), wasDone: true);
        Assert.DoesNotContain("call", await place.AskSupabaseAsync<string>(Rows), StringComparison.Ordinal);
        await InDoubtAsync(place, "attempt written");
        await place.Runner().ResolveAsync(MigrationId.Parse("supabase/20260101T1400_call"), wasDone: true);

        Assert.EndsWith("20260101140000 call call nothing()|call nothing()", await place.AskSupabaseAsync<string>(Rows), StringComparison.Ordinal);
        Assert.Equal(["supabase/R__nobody"], (await place.Runner().PlanAsync()).Migrations.Select(static migration => migration.Id.ToString()));
    }

    [Fact]
    public async Task What_was_applied_before_the_table_was_there_is_written_by_the_next_run_and_by_a_baseline()
    {
        await using var place = await PlaceAsync();
        await place.AskSupabaseAsync<object?>("drop schema supabase_migrations cascade");
        await place.Runner().MigrateAsync();
        await place.AskSupabaseAsync<object?>(Schema);
        place.Write("neon/20260101T1500_more", "alter table orders add more int;");
        await place.Runner().MigrateAsync();
        Assert.StartsWith("20260101110000 people create table people", await place.AskSupabaseAsync<string>(Rows), StringComparison.Ordinal);

        place.Write("supabase/20260101T1600_there", "create table there (id int);");
        await place.Runner().BaselineAsync(MigrationId.Parse("supabase/20260101T1600_there"));
        Assert.EndsWith("20260101160000 there create table there (id int)", await place.AskSupabaseAsync<string>(Rows), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_of_one_minute_have_versions_of_their_own_which_stay_and_are_nobody_elses()
    {
        await using var place = await PlaceAsync();
        place.Write("supabase/20260101T1100_cities", "create table cities (id int);").Write("supabase/20260101T110002_lands", "create table lands (id int);\n-- down:\ndrop table lands;");
        await place.AskSupabaseAsync<object?>("insert into supabase_migrations.schema_migrations values ('20260101110001', null, 'theirs')");
        const string Versions = "select string_agg(version || ' ' || name, ', ' order by version) from supabase_migrations.schema_migrations";

        await place.Runner().MigrateAsync();
        const string All = "20260101110000 cities, 20260101110001 theirs, 20260101110002 lands, 20260101110003 people";
        Assert.Equal(All, await place.AskSupabaseAsync<string>(Versions));

        // A file that comes later takes no version of the others, nor do they get another.
        place.Write("supabase/20260101T1100_animals", "create table animals (id int);");
        await place.Runner(options => options.AllowOutOfOrder = true).MigrateAsync();
        Assert.Equal($"{All}, 20260101110004 animals", await place.AskSupabaseAsync<string>(Versions));

        await place.AskSupabaseAsync<object?>("delete from supabase_migrations.schema_migrations where name = 'cities'");
        place.Write("neon/20260101T1500_more", "alter table orders add more int;");
        await place.Runner().MigrateAsync();
        Assert.Equal($"{All}, 20260101110004 animals", await place.AskSupabaseAsync<string>(Versions));

        place.Write("supabase/20260101T1100_people", "create table people (id bigint); comment on table people is 'x';");
        await place.Runner().RepairAsync(MigrationId.Parse("supabase/20260101T1100_people"));
        Assert.Equal("create table people (id bigint)", await place.AskSupabaseAsync<string>("select statements[1] from supabase_migrations.schema_migrations where version = '20260101110003'"));
        Assert.Equal(5, await place.AskSupabaseAsync<long>("select count(*) from supabase_migrations.schema_migrations"));
    }

    [Fact]
    public async Task Nothing_is_written_where_the_role_may_not_update()
    {
        await using var place = await PlaceAsync();
        await place.AskSupabaseAsync<object?>("""
            do $$ begin if to_regrole('no_updates') is null then create role no_updates login password 'no' ; end if; end $$;
            grant usage on schema supabase_migrations to no_updates; grant select, insert, delete on supabase_migrations.schema_migrations to no_updates; grant create on schema public to no_updates
            """);
        await place.AskSupabaseAsync<object?>("do $$ begin execute format('grant create on database %I to no_updates', current_database()); end $$");
        await using var db = place.Open(options => options.Supabase.ConnectionString = new Npgsql.NpgsqlConnectionStringBuilder(place.Supabase) { Username = "no_updates", Password = "no" }.ConnectionString);

        await db.Migrations(DualDbMigrations.FromFolder(place.Folder)).MigrateAsync();

        Assert.Equal("", await place.AskSupabaseAsync<string>(Rows));
    }

    private static async Task InDoubtAsync(MigrationPlace place, string point)
    {
        await Assert.ThrowsAsync<CrashException>(() => place.Runner(options => options.Probe = reached =>
        {
            if (string.Equals(reached, point, StringComparison.Ordinal))
            {
                throw new CrashException(point);
            }
        }).MigrateAsync());
        await place.EndLeasesAsync();
    }

    private const string Schema = "create schema supabase_migrations; create table supabase_migrations.schema_migrations (version text not null primary key, statements text[], name text)";

    private async Task<MigrationPlace> PlaceAsync()
    {
        var place = (await MigrationPlace.CreateAsync(servers))
            .Write("supabase/20260101T1100_people", "create table people (id int); comment on table people is 'x';")
            .Write("neon/20260101T1200_orders", "create table orders (id int);")
            .Write("supabase/R__nobody", "create or replace view nobody as select id from people where false;");
        await place.AskSupabaseAsync<object?>(Schema);
        return place;
    }
}
