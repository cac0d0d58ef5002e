using DualDb.Migrations.Model;
using DualDb.Migrations.Tests.Places;

namespace DualDb.Migrations.Tests.Model;

/// <summary>An enum is made anew by a migration that also uses it anew: the files are applied, and the database has what the model says.</summary>
public sealed class EnumRebuildTests(MigrationServers servers)
{
    private static readonly EnumModel State = new(Database.Neon, "public", "state", ["a", "b"]);

    private static readonly ColumnModel Id = new() { Name = "id", Type = "bigint" };

    private static readonly ColumnModel Old = new() { Name = "old", Type = "public.state", Default = "'b'" };

    private static readonly ColumnModel Word = new() { Name = "word", Type = "text", IsNullable = true };

    private static readonly TableModel Orders = new() { Database = Database.Neon, Schema = "public", Name = "orders", PrimaryKey = ["id"], Columns = [Id, Old, Word] };

    private static readonly SchemaModel Before = new() { Enums = [State], Tables = [Orders] };

    private static readonly EnumModel Anew = State with { Values = ["b", "c"] };

    [Fact]
    public async Task Columns_and_tables_that_come_with_it_have_the_new_type()
    {
        await using var place = await PlaceAsync("insert into orders (id, word) values (1, 'b'), (2, null)");
        var lines = new TableModel
        {
            Database = Database.Neon,
            Schema = "public",
            Name = "lines",
            PrimaryKey = ["id"],
            Columns = [Id, new ColumnModel { Name = "state", Type = "public.state", Default = "'c'" }, new ColumnModel { Name = "all", Type = "public.state[]", Default = "'{b,c}'" }],
            Checks = [new CheckModel("lines_checked", "state <> 'c' or id > 0")],
            Indexes = [new IndexModel("lines_new", ["id"], Where: "state = 'c'")],
        };

        await ApplyAsync(place, new SchemaModel
        {
            Enums = [Anew],
            Tables =
            [
                lines,
                Orders with
                {
                    Columns = [Id, Old, Word with { Type = "public.state" }, new ColumnModel { Name = "next", Type = "public.state", Default = "'c'" }, new ColumnModel { Name = "last", Type = "public.state", IsNullable = true }],
                    Indexes = [new IndexModel("orders_word", ["id"], Where: "word = 'c'")],
                },
            ],
        });

        Assert.Equal("1 b b c -, 2 b - c -", await place.AskNeonAsync<string>("select string_agg(concat_ws(' ', id, old, coalesce(word::text, '-'), next, coalesce(last::text, '-')), ', ' order by id) from orders"));
        Assert.Equal("c {b,c}", await place.AskNeonAsync<string>("insert into lines (id) values (1) returning state || ' ' || \"all\"::text"));
    }

    [Theory]
    [InlineData("'b'", true)]
    [InlineData("'c'", false)]
    [InlineData(null, false)]
    public async Task Default_goes_to_a_value_that_comes_with_it(string? value, bool isNullable)
    {
        await using var place = await PlaceAsync("insert into orders (id) values (1)");
        await place.AskNeonAsync<object?>("alter table orders alter column old drop not null");
        await File.WriteAllTextAsync(
            Path.Combine(place.Folder, "model.snapshot.json"), (Before with { Tables = [Orders with { Columns = [Id, Old with { IsNullable = true, Default = "'a'" }, Word] }] }).ToJson(), TestContext.Current.CancellationToken);
        await place.AskNeonAsync<object?>("alter table orders alter column old set default 'a'; insert into orders values (2, 'b', null)");

        await ApplyAsync(place, new SchemaModel { Enums = [Anew], Tables = [Orders with { Columns = [Id, Old with { Default = value, IsNullable = isNullable }, Word] }] });

        Assert.Equal("b b", await place.AskNeonAsync<string>("select string_agg(old::text, ' ') from orders"));
    }

    [Theory]
    [InlineData("old = 'b' and total is not null")]
    [InlineData("old <> 'c' and total is not null")]
    public async Task Check_that_also_names_a_column_that_is_replaced_lets_rows_in_until_the_end_and_is_there_then(string condition)
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        var total = new ColumnModel { Name = "total", Type = "integer" };
        var orders = Orders with { Columns = [Id, Old, Word, total], Checks = [new CheckModel("orders_checked", "old = 'b' and total is not null")], Indexes = [new IndexModel("orders_b", ["total"], Where: "old = 'b'")] };
        await MigrationScaffold.AddAsync("first", Before with { Tables = [orders] }, place.Folder, cancellationToken: TestContext.Current.CancellationToken);
        await place.Runner().MigrateAsync();
        await place.AskNeonAsync<object?>("insert into orders (id, total) values (1, 7)");
        var model = new SchemaModel { Enums = [Anew], Tables = [orders with { Columns = [Id, Old, Word, total with { Type = "numeric" }], Checks = [new CheckModel("orders_checked", condition)] }] };
        await MigrationScaffold.AddAsync("then", model, place.Folder, cancellationToken: TestContext.Current.CancellationToken);
        var last = Directory.EnumerateFiles(place.Folder, "*.sql", SearchOption.AllDirectories).Order(StringComparer.Ordinal).SkipWhile(static path => !path.Contains("_switch", StringComparison.Ordinal)).Skip(1)
            .Select(static path => (Path: path, Text: File.ReadAllText(path))).ToList();
        last.ForEach(static file => File.Delete(file.Path));
        await place.Runner().MigrateAsync();

        await place.AskNeonAsync<object?>("insert into orders (id, total) values (2, 7.5)");

        last.ForEach(static file => File.WriteAllText(file.Path, file.Text));
        await place.Runner().MigrateAsync();
        Assert.DoesNotContain((await place.Db.DoctorAsync(model)).Differences, static one => one.Kind is not DriftKind.Name);
        Assert.Equal("7 7.5", await place.AskNeonAsync<string>("select string_agg(total::text, ' ' order by id) from orders"));
        Assert.True(await place.AskNeonAsync<bool>("select convalidated from pg_constraint where conname = 'orders_checked'"));
    }

    private static async Task ApplyAsync(MigrationPlace place, SchemaModel model)
    {
        await MigrationScaffold.AddAsync("then", model, place.Folder, cancellationToken: TestContext.Current.CancellationToken);
        await place.Runner().MigrateAsync();
        Assert.DoesNotContain((await place.Db.DoctorAsync(model)).Differences, static one => one.Kind is not DriftKind.Name);
        Assert.Equal(1, await place.AskNeonAsync<long>("select count(*) from pg_type where typname like 'state%' and typtype = 'e'"));
    }

    private async Task<MigrationPlace> PlaceAsync(string rows)
    {
        var place = await MigrationPlace.CreateAsync(servers);
        await MigrationScaffold.AddAsync("first", Before, place.Folder, cancellationToken: TestContext.Current.CancellationToken);
        await place.Runner().MigrateAsync();
        await place.AskNeonAsync<object?>(rows);
        return place;
    }
}
