using DualDb.Migrations.Tests.Places;

namespace DualDb.Migrations.Tests.Running;

/// <summary>What other tools have applied is taken over, without being run.</summary>
public sealed class ImportTests(MigrationServers servers)
{
    [Fact]
    public async Task History_of_EF_Core_is_taken_over_by_time_and_name_and_what_has_no_file_is_told()
    {
        await using var place = await PlaceAsync();
        await place.AskNeonAsync<object?>("""
            create schema app; create table app."__EFMigrationsHistory" ("MigrationId" text primary key, "ProductVersion" text not null);
            insert into app."__EFMigrationsHistory" values ('20260101120007_CreateOrders', '9'), ('20250101090000_AddTotals', '9'), ('20240101090000_Gone', '9');
            """);

        var dry = await place.Runner().ImportHistoryAsync(MigrationHistorySource.EntityFramework, dryRun: true);
        Assert.False(await place.AskNeonAsync<bool>("select to_regnamespace('dualdb') is not null"));
        var import = await place.Runner().ImportHistoryAsync(MigrationHistorySource.EntityFramework);

        Assert.Equal(dry.Recorded, import.Recorded);
        Assert.Equal(["neon/20260101T1200_create_orders", "neon/20260101T1300_add_totals"], import.Recorded.Select(id => id.ToString()));
        Assert.Equal("neon: 20240101090000 Gone", Assert.Single(import.NotFound).ToString());
        Assert.Equal(["supabase/20260101T1100_people"], (await place.Runner().PlanAsync()).Migrations.Select(migration => migration.Id.ToString()));
        Assert.False(await place.AskNeonAsync<bool>("select to_regclass('orders') is not null"));
        Assert.Equal(2, (await place.Runner().ImportHistoryAsync(MigrationHistorySource.EntityFramework)).AppliedBefore.Count);
    }

    [Fact]
    public async Task History_of_Flyway_is_taken_over_without_what_was_undone_and_refused_where_a_migration_failed()
    {
        await using var place = await PlaceAsync();
        await FlywayAsync(place, "(1, '1', 'create orders', 'SQL', true), (2, '2', 'add totals', 'SQL', true), (3, '2', 'add totals', 'UNDO_SQL', true), (4, null, 'views', 'SQL', true)");
        await place.AskNeonAsync<object?>("insert into flyway_schema_history values (5, '3', 'broken', 'SQL', false)");

        var refused = await Assert.ThrowsAsync<MigrationHistoryException>(() => place.Runner().ImportHistoryAsync(MigrationHistorySource.Flyway));
        Assert.Contains("3 (broken) failed", refused.Message, StringComparison.Ordinal);
        Assert.Equal((MigrationDisagreement.Import, (Database?)Database.Neon), (refused.Disagreement, refused.Database));

        await place.AskNeonAsync<object?>("delete from flyway_schema_history where installed_rank = 5");
        var import = await place.Runner().ImportHistoryAsync(MigrationHistorySource.Flyway);
        Assert.Equal("neon/20260101T1200_create_orders", Assert.Single(import.Recorded).ToString());
        Assert.Empty(import.NotFound);
    }

    [Fact]
    public async Task History_of_the_supabase_CLI_is_taken_over_and_of_two_with_one_time_the_name_decides()
    {
        await using var place = await PlaceAsync();
        place.Write("supabase/20260101T1500_one", "select 1;").Write("supabase/20260101T1500_two", "select 1;");
        await place.AskSupabaseAsync<object?>("""
            create schema supabase_migrations; create table supabase_migrations.schema_migrations (version text primary key, statements text[], name text);
            insert into supabase_migrations.schema_migrations values ('20260101110000', null, 'people'), ('20260101150000', null, 'two');
            """);

        var import = await place.Runner().ImportHistoryAsync(MigrationHistorySource.Supabase);

        Assert.Equal(["supabase/20260101T1100_people", "supabase/20260101T1500_two"], import.Recorded.Select(id => id.ToString()));
        Assert.Equal(2, await place.AskSupabaseAsync<long>("select count(*) from supabase_migrations.schema_migrations"));
    }

    [Theory]
    [InlineData("\"MIGRATION_ID\"")]
    [InlineData("\"migrationId\"")]
    [InlineData("migrationid")]
    public async Task History_of_EF_Core_is_read_however_its_columns_are_spelled(string column)
    {
        await using var place = await PlaceAsync();
        await place.AskNeonAsync<object?>($"""
            create table "__EFMigrationsHistory" ({column} text primary key);
            insert into "__EFMigrationsHistory" values ('20260101120000_CreateOrders');
            """);

        Assert.Equal("neon/20260101T1200_create_orders", Assert.Single((await place.Runner().ImportHistoryAsync(MigrationHistorySource.EntityFramework)).Recorded).ToString());
    }

    [Fact]
    public async Task Table_that_is_no_history_of_EF_Core_is_refused()
    {
        await using var place = await PlaceAsync();
        await place.AskNeonAsync<object?>("create table notes (id text, product_version text); insert into notes values ('20260101120000_CreateOrders')");

        var refused = await Assert.ThrowsAsync<MigrationHistoryException>(() => place.Runner().ImportHistoryAsync(MigrationHistorySource.EntityFramework, "public.notes"));

        Assert.Contains("public.notes in Neon has no column MigrationId", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public.__EFMigrationsHistory")]
    [InlineData("\"public\".\"__EFMigrationsHistory\"")]
    [InlineData(null)]
    public async Task History_of_EF_Core_with_names_in_snake_case_is_taken_over(string? table)
    {
        await using var place = await PlaceAsync();
        await place.AskNeonAsync<object?>("""
            create table "__EFMigrationsHistory" (migration_id text primary key, product_version text not null);
            insert into "__EFMigrationsHistory" values ('20260101120000_CreateOrders', '9');
            """);

        var import = await place.Runner().ImportHistoryAsync(MigrationHistorySource.EntityFramework, table);

        Assert.Equal("neon/20260101T1200_create_orders", Assert.Single(import.Recorded).ToString());
        Assert.Empty(import.NotFound);
    }

    [Fact]
    public async Task Minute_that_two_migrations_share_does_not_make_them_one()
    {
        await using var place = await PlaceAsync();
        place.Write("neon/20260101T140010_by_time", "select 1;");
        await place.AskNeonAsync<object?>("""
            create table "__EFMigrationsHistory" ("MigrationId" text primary key, "ProductVersion" text not null);
            insert into "__EFMigrationsHistory" values ('20260101120005_DropEverything', '9'), ('20260101120007_CreateOrders', '9'), ('20260101130001_Other', '9'), ('20260101140010_Renamed', '9');
            """);

        var import = await place.Runner().ImportHistoryAsync(MigrationHistorySource.EntityFramework);

        Assert.Equal(["neon/20260101T1200_create_orders", "neon/20260101T140010_by_time"], import.Recorded.Select(static id => id.ToString()));
        Assert.Equal(["DropEverything", "Other"], import.NotFound.Select(static row => row.Name));
    }

    [Fact]
    public async Task History_that_is_not_there_or_there_twice_is_refused_and_the_table_can_be_named()
    {
        await using var place = await PlaceAsync();
        await Assert.ThrowsAsync<MigrationHistoryException>(() => place.Runner().ImportHistoryAsync(MigrationHistorySource.Flyway));
        await FlywayAsync(place, "(1, '1', 'create orders', 'SQL', true)");
        await place.AskNeonAsync<object?>("create schema other; create table other.flyway_schema_history (like public.flyway_schema_history)");

        var refused = await Assert.ThrowsAsync<MigrationHistoryException>(() => place.Runner().ImportHistoryAsync(MigrationHistorySource.Flyway));

        Assert.Contains("other.flyway_schema_history, public.flyway_schema_history", refused.Message, StringComparison.Ordinal);
        Assert.Single((await place.Runner().ImportHistoryAsync(MigrationHistorySource.Flyway, "public.flyway_schema_history")).Recorded);
    }

    private static Task FlywayAsync(MigrationPlace place, string rows)
        => place.AskNeonAsync<object?>($"create table public.flyway_schema_history (installed_rank int primary key, version text, description text, type text, success boolean); insert into flyway_schema_history values {rows}");

    private async Task<MigrationPlace> PlaceAsync() => (await MigrationPlace.CreateAsync(servers))
        .Write("supabase/20260101T1100_people", "create table people (id int);")
        .Write("neon/20260101T1200_create_orders", "create table orders (id int);")
        .Write("neon/20260101T1300_add_totals", "alter table orders add total int;");
}
