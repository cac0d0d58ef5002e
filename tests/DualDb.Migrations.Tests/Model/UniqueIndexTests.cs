using DualDb.Migrations.Model;
using DualDb.Migrations.Tests.Places;

namespace DualDb.Migrations.Tests.Model;

/// <summary>Unique indexes without a constraint, as EF Core makes them, in databases that a model is compared with.</summary>
public sealed class UniqueIndexTests(MigrationServers servers)
{
    private static readonly TableModel Orders = new()
    {
        Database = Database.Neon,
        Schema = "public",
        Name = "orders",
        PrimaryKey = ["id"],
        Columns = [new ColumnModel { Name = "id", Type = "bigint" }, new ColumnModel { Name = "a", Type = "integer" }, new ColumnModel { Name = "b", Type = "integer", IsNullable = true }],
    };

    [Fact]
    public Task Renamed() => ApplyAsync(Orders with { Uniques = [new UniqueModel("orders_a_key", ["a"])] });

    [Fact]
    public Task Dropped() => ApplyAsync(Orders);

    [Fact]
    public Task Defined_otherwise() => ApplyAsync(Orders with { Uniques = [new UniqueModel("IX_orders_a", ["a", "b"])] });

    [Fact]
    public Task On_a_column_that_is_replaced() => ApplyAsync(Orders with { Columns = [Orders.Columns[0], Orders.Columns[1] with { Type = "text" }, Orders.Columns[2]], Uniques = [new UniqueModel("IX_orders_a", ["a"])] });

    [Fact]
    public Task On_a_column_that_is_replaced_and_defined_otherwise()
        => ApplyAsync(Orders with { Columns = [Orders.Columns[0], Orders.Columns[1] with { Type = "text" }, Orders.Columns[2]], Uniques = [new UniqueModel("IX_orders_a", ["a", "b"])] });

    [Theory]
    [InlineData("orders_a_key")]
    [InlineData(null)]
    public async Task Renamed_or_dropped_by_a_later_migration_that_knows_the_snapshot_alone(string? name)
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        await place.AskNeonAsync<object?>("""create table orders (id bigint not null primary key, a integer not null, b integer); create unique index "IX_orders_a" on orders (a); insert into orders values (1, 1, 1)""");
        var more = Orders with { Columns = [.. Orders.Columns, new ColumnModel { Name = "c", Type = "integer", IsNullable = true }], Uniques = [new UniqueModel("IX_orders_a", ["a"])] };
        await MigrationScaffold.AddAsync("first", new SchemaModel { Tables = [more] }, place.Folder, new ScaffoldOptions { CompareWith = place.Db }, TestContext.Current.CancellationToken);
        var model = new SchemaModel { Tables = [more with { Uniques = name is null ? [] : [new UniqueModel(name, ["a"])] }] };

        await MigrationScaffold.AddAsync("then", model, place.Folder, cancellationToken: TestContext.Current.CancellationToken);
        await place.Runner().MigrateAsync();

        Assert.Empty((await place.Db.DoctorAsync(model)).Differences);
        Assert.Equal(name ?? "", await place.AskNeonAsync<string>("select coalesce(max(indexrelid::regclass::text), '') from pg_index where indrelid = 'orders'::regclass and indisunique and not indisprimary"));
    }

    private async Task ApplyAsync(TableModel table)
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        await place.AskNeonAsync<object?>("""create table orders (id bigint not null primary key, a integer not null, b integer); create unique index "IX_orders_a" on orders (a); insert into orders values (1, 1, 1)""");
        var model = new SchemaModel { Tables = [table] };

        await MigrationScaffold.AddAsync("then", model, place.Folder, new ScaffoldOptions { CompareWith = place.Db }, TestContext.Current.CancellationToken);
        await place.Runner().MigrateAsync();

        Assert.Empty((await place.Db.DoctorAsync(model)).Differences);
        Assert.Equal(table.Uniques.Count, await place.AskNeonAsync<long>("select count(*) from pg_index where indrelid = 'orders'::regclass and indisunique and not indisprimary"));
    }
}
