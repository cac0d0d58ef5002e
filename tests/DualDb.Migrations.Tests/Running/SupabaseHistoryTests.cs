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
