using DualDb.Migrations.Model;
using DualDb.Migrations.Tests.Places;

namespace DualDb.Migrations.Tests.Model;

/// <summary>What the model does not know of is bound to a column by PostgreSQL, and not to its name.</summary>
public sealed class ReplacedColumnTests(MigrationServers servers)
{
    private static readonly TableModel Orders = new()
    {
        Database = Database.Neon,
        Schema = "public",
        Name = "orders",
        PrimaryKey = ["id"],
        Columns = [new ColumnModel { Name = "id", Type = "bigint" }, new ColumnModel { Name = "total", Type = "integer" }, new ColumnModel { Name = "note", Type = "text", IsNullable = true }],
    };

    [Theory]
    [InlineData("create policy small on orders using (total < 100)", "policy small on table orders")]
    [InlineData("create view totals as select total from orders", "view totals")]
    [InlineData("create function seen() returns trigger language plpgsql as 'begin return new; end'; create trigger seen before update of total on orders for each row execute function seen()", "trigger seen on table orders")]
    public async Task Switch_is_refused_while_something_is_bound_to_the_column(string sql, string named)
    {
        await using var place = await PlaceAsync();
        await place.AskNeonAsync<object?>(sql);

        var refused = await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner().MigrateAsync());

        Assert.Equal("2BP01", refused.SqlState);
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        Assert.Contains("in front of this block", refused.Message, StringComparison.Ordinal);
        Assert.Equal("integer", await place.AskNeonAsync<string>("select pg_typeof(total)::text from orders"));
    }

    [Fact]
    public async Task Switch_goes_on_where_others_are_bound_or_it_is_dropped_before_and_created_again()
    {
        await using var place = await PlaceAsync();
        await place.AskNeonAsync<object?>("create view notes as select note from orders; create policy small on orders using (total < 100)");
        var path = Directory.EnumerateFiles(place.Folder, "*_switch.sql", SearchOption.AllDirectories).Single();
        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(path, text.Replace("do $dualdb$", "drop policy small on orders;\n\ndo $dualdb$", StringComparison.Ordinal) + "\ncreate policy small on orders using (total < 100);\n", TestContext.Current.CancellationToken);

        await place.Runner().MigrateAsync();

        Assert.Equal("numeric", await place.AskNeonAsync<string>("select pg_typeof(total)::text from orders"));
        Assert.Equal("(total < (100)::numeric)", await place.AskNeonAsync<string>("select pg_get_expr(polqual, polrelid) from pg_policy"));
    }

    private async Task<MigrationPlace> PlaceAsync()
    {
        var place = await MigrationPlace.CreateAsync(servers);
        await MigrationScaffold.AddAsync("first", new SchemaModel { Tables = [Orders] }, place.Folder, cancellationToken: TestContext.Current.CancellationToken);
        await place.Runner().MigrateAsync();
        await place.AskNeonAsync<object?>("insert into orders values (1, 7, 'x')");
        await MigrationScaffold.AddAsync("second", new SchemaModel { Tables = [Orders with { Columns = [Orders.Columns[0], Orders.Columns[1] with { Type = "numeric" }, Orders.Columns[2]] }] }, place.Folder, cancellationToken: TestContext.Current.CancellationToken);
        return place;
    }
}
