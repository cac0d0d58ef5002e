using DualDb.ChangeLog;
using DualDb.Migrations.Model;
using DualDb.Migrations.Tests.Places;

namespace DualDb.Migrations.Tests.Model;

/// <summary>The triggers that capture changes, where the log is installed.</summary>
public sealed class CaptureTests(MigrationServers servers)
{
    private static readonly TableModel Sales = new()
    {
        Database = Database.Neon,
        Schema = "public",
        Name = "sales",
        PrimaryKey = ["id"],
        Columns = [new ColumnModel { Name = "id", Type = "bigint" }, new ColumnModel { Name = "note", Type = "text", IsNullable = true }],
    };

    [Fact]
    public async Task Triggers_come_with_the_table_and_follow_its_name_and_key()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        await place.AskNeonAsync<object?>(ChangeLogSchema.Create);
        await MigrateAsync(place, Synced(Sales));
        await place.AskNeonAsync<object?>("insert into sales (id) values (1)");
        await MigrateAsync(place, Synced(Sales with { Name = "orders", RenamedFrom = "sales" }));
        await place.AskNeonAsync<object?>("insert into orders (id) values (2)");
        var renamed = Sales with { Name = "orders", PrimaryKey = ["number"], Columns = [Sales.Columns[0] with { Name = "number", RenamedFrom = "id" }, Sales.Columns[1]] };
        await MigrateAsync(place, Synced(renamed));
        await place.AskNeonAsync<object?>("insert into orders (number) values (3)");

        Assert.Equal("sales {\"id\": 1}, orders {\"id\": 2}, orders {\"number\": 3}", await place.AskNeonAsync<string>("select string_agg(table_name || ' ' || key::text, ', ' order by id) from dualdb.change_log"));
        Assert.False((await place.Db.DoctorAsync(Synced(renamed))).HasDrift);
        await place.AskNeonAsync<object?>("drop trigger dualdb_change_log on orders");
        Assert.Contains((await place.Db.DoctorAsync(Synced(renamed))).Differences, static one => one is { Kind: DriftKind.Missing, Severity: DriftSeverity.Warning, Subject: "public.orders: dualdb_change_log" });
    }

    [Fact]
    public async Task Table_that_was_there_is_captured_when_it_is_synchronised()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        await place.AskNeonAsync<object?>(ChangeLogSchema.Create);
        await MigrateAsync(place, new SchemaModel { Tables = [Sales] });
        Assert.Equal(0, await place.AskNeonAsync<long>("select count(*) from pg_trigger where tgrelid = 'sales'::regclass"));

        await MigrateAsync(place, Synced(Sales));

        Assert.Equal(3, await place.AskNeonAsync<long>("select count(*) from pg_trigger where tgrelid = 'sales'::regclass"));
    }

    [Fact]
    public async Task Log_that_is_not_installed_is_told_with_the_next_step_and_is_no_drift()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        await MigrateAsync(place, Synced(Sales));

        var report = await place.Db.DoctorAsync(Synced(Sales));

        var told = Assert.Single(report.Differences);
        Assert.Equal((DriftSeverity.Remark, Database.Neon, DriftKind.Missing, "dualdb.change_log"), (told.Severity, told.Database, told.Kind, told.Subject));
        Assert.Contains("changes of public.sales are not captured for the synchronisation: call db.Sync.InstallAsync()", told.Message, StringComparison.Ordinal);
        Assert.False(report.HasDrift);
        Assert.Empty((await place.Db.DoctorAsync(new SchemaModel { Tables = [Sales] })).Differences);
        await place.AskNeonAsync<object?>(ChangeLogSchema.Create);
        Assert.DoesNotContain((await place.Db.DoctorAsync(Synced(Sales))).Differences, static one => one.Subject == "dualdb.change_log");
    }

    private static async Task MigrateAsync(MigrationPlace place, SchemaModel model)
    {
        await MigrationScaffold.AddAsync("step", model, place.Folder);
        await place.Runner().MigrateAsync();
    }

    private static SchemaModel Synced(TableModel table) => new()
    {
        Tables = [table],
        Maps =
        [
            new MapModel
            {
                Name = "sales",
                Source = new MappedTable(Database.Neon, "public", table.Name),
                Target = new MappedTable(Database.Supabase, "public", "sales_copy"),
                Columns = [.. table.Columns.Select(static column => new MappedColumnModel(column.Name, column.Name))],
            },
        ],
    };
}
