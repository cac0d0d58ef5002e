using DualDb.Migrations.Model;
using DualDb.Migrations.Tests.Places;

namespace DualDb.Migrations.Tests.Model;

/// <summary>Changes that meet in one migration, on tables with rows: the files are applied, and the databases have what the model says.</summary>
public sealed class ScaffoldedChangesTests(MigrationServers servers)
{
    private static readonly EnumModel State = new(Database.Neon, "public", "state", ["open", "closed", "lost"]);

    private static readonly EnumModel Mood = new(Database.Neon, "public", "mood", ["good", "bad"]);

    private static readonly TableModel Orders = new()
    {
        Database = Database.Neon,
        Schema = "public",
        Name = "orders",
        PrimaryKey = ["id"],
        Columns = [new ColumnModel { Name = "id", Type = "bigint" }, new ColumnModel { Name = "a", Type = "integer" }, new ColumnModel { Name = "b", Type = "integer", IsNullable = true }],
    };

    [Fact]
    public async Task Two_columns_of_one_index_change_their_types_together()
    {
        await using var place = await PlaceAsync(
            new SchemaModel { Tables = [Parts(Orders)] }, "insert into orders select n, n, n + 1 from generate_series(1, 20) as s (n)");

        await ApplyAsync(place, new SchemaModel { Tables = [Parts(Orders with { Columns = [Orders.Columns[0], .. Orders.Columns.Skip(1).Select(static column => column with { Type = "text" })] })] });

        Assert.Equal("20 text text", await place.AskNeonAsync<string>("select count(*) filter (where a::int + 1 = b::int) || ' ' || min(pg_typeof(a)::text) || ' ' || min(pg_typeof(b)::text) from orders"));

        static TableModel Parts(TableModel table) => table with
        {
            Indexes = [new IndexModel("orders_both", ["a", "b"])], Uniques = [new UniqueModel("orders_one", ["b", "a"])], Checks = [new CheckModel("orders_differ", "a <> b")],
        };
    }

    [Fact]
    public async Task Enum_is_made_anew_under_conditions_on_it()
    {
        ColumnModel[] columns = [.. Orders.Columns, new ColumnModel { Name = "state", Type = "public.state", Default = "'open'" }, new ColumnModel { Name = "mood", Type = "public.mood", IsNullable = true }];
        var model = new SchemaModel
        {
            Enums = [Mood, State],
            Tables =
            [
                Orders with
                {
                    Columns = columns,
                    Checks = [new CheckModel("orders_kept", "state <> 'lost' or mood = 'bad'"), new CheckModel("orders_small", "a < 1000")],
                    Indexes = [new IndexModel("orders_good", ["a"], Where: "mood = 'good'"), new IndexModel("orders_open", ["a"], Where: "state = 'open'"), new IndexModel("orders_state", ["state"])],
                },
            ],
        };
        await using var place = await PlaceAsync(model, "insert into orders (id, a, state, mood) select n, n, case when n % 2 = 0 then 'open' else 'closed' end::state, 'good' from generate_series(1, 20) as s (n)");

        // One value is gone, others are moved, and one is new that a condition speaks of at once.
        await ApplyAsync(place, model with
        {
            Enums = [Mood with { Values = ["bad", "good"] }, State with { Values = ["closed", "open", "archived"] }],
            Tables =
            [
                model.Tables[0] with
                {
                    Checks = [new CheckModel("orders_kept", "state <> 'archived' or mood = 'bad'"), new CheckModel("orders_small", "a < 1000"), new CheckModel("orders_young", "state <> 'archived' or a > 3")],
                    Indexes = [.. model.Tables[0].Indexes, new IndexModel("orders_away", ["b"], Where: "state = 'archived'")],
                },
            ],
        });

        Assert.Equal(10, await place.AskNeonAsync<long>("select count(*) from orders where state = 'open'"));
        Assert.False(await place.AskNeonAsync<bool>("select exists (select from pg_constraint where not convalidated) or exists (select from pg_index where not indisvalid)"));
    }

    [Fact]
    public async Task Primary_key_is_dropped_by_the_name_that_the_database_has_and_foreign_keys_come_back()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        await place.AskNeonAsync<object?>("""
            create table orders (id bigint not null, a integer not null, b integer, constraint "PK_orders" primary key (id), constraint orders_id_key unique (id));
            create table lines (id bigint constraint "PK_lines" primary key, order_id bigint not null constraint lines_order_id_fkey references orders (id));
            create table gone (order_id bigint references orders (id));
            insert into orders values (1, 1); insert into lines values (1, 1);
            """);
        var model = new SchemaModel { Tables = [Lines, Orders with { PrimaryKey = ["id", "a"], Uniques = [new UniqueModel("orders_id_key", ["id"])] }] };
        await File.WriteAllTextAsync(Path.Combine(place.Folder, "model.snapshot.json"), (model with { Tables = [.. model.Tables, new TableModel { Database = Database.Neon, Schema = "public", Name = "gone" }] }).ToJson(), TestContext.Current.CancellationToken);

        await ApplyAsync(place, model, new ScaffoldOptions { CompareWith = place.Db });

        Assert.Equal("orders_pkey", await place.AskNeonAsync<string>("select conname::text from pg_constraint where conrelid = 'orders'::regclass and contype = 'p'"));
        Assert.True(await place.AskNeonAsync<bool>("select convalidated from pg_constraint where conname = 'lines_order_id_fkey'"));
    }

    /// <summary>What a comparison has found out is in the snapshot from then on, also behind a new name of the table, until the key is made anew.</summary>
    [Fact]
    public async Task Primary_key_that_was_seen_once_is_known_by_its_name()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        await place.AskNeonAsync<object?>("""create table orders (id bigint not null, a integer not null, constraint "PK_orders" primary key (id))""");
        var orders = new TableModel { Database = Database.Neon, Schema = "public", Name = "orders", PrimaryKey = ["id"], Columns = [new ColumnModel { Name = "id", Type = "bigint" }, new ColumnModel { Name = "a", Type = "integer" }] };
        var sales = orders with { Name = "sales", RenamedFrom = "orders", Columns = [.. orders.Columns, new ColumnModel { Name = "b", Type = "integer", IsNullable = true }] };

        await ApplyAsync(place, new SchemaModel { Tables = [orders with { Columns = sales.Columns }] }, new ScaffoldOptions { CompareWith = place.Db });
        await ApplyAsync(place, new SchemaModel { Tables = [sales] });
        await ApplyAsync(place, new SchemaModel { Tables = [sales with { PrimaryKey = ["id", "a"] }] });
        await ApplyAsync(place, new SchemaModel { Tables = [sales with { PrimaryKey = ["a"] }] });

        Assert.Equal("PRIMARY KEY (a)", await place.AskNeonAsync<string>("select pg_get_constraintdef(oid) from pg_constraint where conrelid = 'sales'::regclass and contype = 'p'"));
        Assert.DoesNotContain("primaryKeyName", await File.ReadAllTextAsync(Path.Combine(place.Folder, "model.snapshot.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Primary_key_gives_way_where_a_foreign_key_comes_that_needs_the_new_one()
    {
        var before = new SchemaModel { Tables = [Lines with { ForeignKeys = [] }, Orders with { PrimaryKey = ["a"] }] };
        await using var place = await PlaceAsync(before, "insert into orders values (7, 1); insert into lines values (1, 7)");

        await ApplyAsync(place, new SchemaModel { Tables = [Lines, Orders] });
    }

    [Fact]
    public async Task Primary_key_that_a_foreign_key_cannot_do_without_stays()
    {
        await using var place = await PlaceAsync(new SchemaModel { Tables = [Lines, Orders] }, "select 1");
        var files = Directory.EnumerateFiles(place.Folder, "*", SearchOption.AllDirectories).Count();

        var refused = await Assert.ThrowsAsync<ScaffoldException>(() => MigrationScaffold.AddAsync("second", new SchemaModel { Tables = [Lines, Orders with { PrimaryKey = ["id", "a"] }] }, place.Folder, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains("public.lines.order_id refers to id, which is not unique by itself then", refused.Message, StringComparison.Ordinal);
        Assert.Equal(files, Directory.EnumerateFiles(place.Folder, "*", SearchOption.AllDirectories).Count());
    }

    [Theory]
    [InlineData("integer")]
    [InlineData("text")]
    public async Task Column_that_takes_no_null_any_more_says_how_its_rows_are_filled(string type)
    {
        await using var place = await PlaceAsync(new SchemaModel { Tables = [Orders] }, "insert into orders values (1, 1, null)");

        var added = await MigrationScaffold.AddAsync("strict", new SchemaModel { Tables = [Orders with { Columns = [.. Orders.Columns.Take(2), new ColumnModel { Name = "b", Type = type }] }] }, place.Folder, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Contains(added.Hints, static hint => hint.StartsWith("public.orders.b takes no null any more and has no default, in Neon", StringComparison.Ordinal));
        var file = added.Files.Single(static file => file.Text.Contains("set not null", StringComparison.Ordinal));
        var update = file.Text.Split('\n').Single(static line => line.StartsWith("--   update ", StringComparison.Ordinal))[5..];
        Assert.Equal("23514", (await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner().MigrateAsync())).SqlState);
        await place.AskNeonAsync<object?>(update.Replace("<value>", "7", StringComparison.Ordinal));
        await place.Runner().MigrateAsync();
        Assert.Equal("7", await place.AskNeonAsync<string>("select b::text from orders"));
    }

    [Fact]
    public async Task Word_in_a_literal_is_no_column()
    {
        ColumnModel state = new() { Name = "state", Type = "text" }, active = new() { Name = "active", Type = "integer" };
        var table = Orders with { Columns = [.. Orders.Columns, state, active], Indexes = [new IndexModel("orders_active", ["active"], Where: "state = 'active'")] };
        await using var place = await PlaceAsync(new SchemaModel { Tables = [table] }, "insert into orders values (1, 1, 1, 'active', 1)");

        await ApplyAsync(place, new SchemaModel { Tables = [table with { Columns = [.. Orders.Columns, state, active with { Type = "text" }] }] });
        var renamed = await ApplyAsync(place, new SchemaModel { Tables = [table with { Columns = [.. Orders.Columns, state, active with { Name = "enabled", Type = "text", RenamedFrom = "active" }], Indexes = [new IndexModel("orders_active", ["enabled"], Where: "state = 'active'")] }] });

        Assert.Equal(["renames the column public.orders.active to enabled"], renamed.Changes.Select(static change => change.Description));
    }

    [Fact]
    public async Task Carriage_returns_in_constants_come_to_the_database()
    {
        var table = Orders with
        {
            Comment = "first\r\nsecond \\ 'third'",
            Columns = [.. Orders.Columns, new ColumnModel { Name = "note", Type = "text", Default = "'a\r\nb \\ ''c'''", Comment = "one\rtwo" }],
            Checks = [new CheckModel("orders_noted", "note <>\r\n E'x\r\ny\\t'")],
        };
        await using var place = await PlaceAsync(new SchemaModel { Tables = [Orders] }, "insert into orders values (1, 1, 1)");

        await ApplyAsync(place, new SchemaModel { Tables = [table] });

        Assert.Empty((await place.Db.DoctorAsync(new SchemaModel { Tables = [table] })).Differences);
        Assert.Equal("a\r\nb \\ 'c'", await place.AskNeonAsync<string>("select note from orders"));
        Assert.Equal(table.Comment, await place.AskNeonAsync<string>("select obj_description('orders'::regclass)"));
    }

    [Fact]
    public async Task Side_that_comes_first_is_told_by_the_maps_of_the_tables_that_change()
    {
        var model = new SchemaModel { Maps = [Map("other", Database.Neon, "a", "b"), Map("orders", Database.Supabase, "sales", "orders")], Tables = [Orders, Orders with { Database = Database.Supabase, Name = "sales" }] };
        await using var place = await MigrationPlace.CreateAsync(servers);
        await File.WriteAllTextAsync(Path.Combine(place.Folder, "model.snapshot.json"), model.ToJson(), TestContext.Current.CancellationToken);
        ColumnModel more = new() { Name = "more", Type = "integer", IsNullable = true };

        var added = await MigrationScaffold.AddAsync("then", model with { Tables = [.. model.Tables.Select(table => table with { Columns = [.. table.Columns, more] })] }, place.Folder, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([Database.Neon, Database.Supabase], added.Files.Select(static file => file.Id.Database));
        Assert.Contains($"-- requires: {added.Files[0].Id}\n", added.Files[1].Text, StringComparison.Ordinal);

        static MapModel Map(string name, Database source, string from, string to)
            => new() { Name = name, Source = new MappedTable(source, "public", from), Target = new MappedTable(source == Database.Neon ? Database.Supabase : Database.Neon, "public", to) };
    }

    private static TableModel Lines { get; } = new()
    {
        Database = Database.Neon,
        Schema = "public",
        Name = "lines",
        PrimaryKey = ["id"],
        Columns = [new ColumnModel { Name = "id", Type = "bigint" }, new ColumnModel { Name = "order_id", Type = "bigint" }],
        ForeignKeys = [new ForeignKeyModel("lines_order_id_fkey", "order_id", "public", "orders", "id")],
    };

    private static async Task<ScaffoldResult> ApplyAsync(MigrationPlace place, SchemaModel model, ScaffoldOptions? options = null)
    {
        var added = await MigrationScaffold.AddAsync("then", model, place.Folder, options, TestContext.Current.CancellationToken);
        await place.Runner().MigrateAsync();
        Assert.DoesNotContain((await place.Db.DoctorAsync(model)).Differences, static one => one.Kind is not DriftKind.Name);
        return added;
    }

    private async Task<MigrationPlace> PlaceAsync(SchemaModel model, string rows)
    {
        var place = await MigrationPlace.CreateAsync(servers);
        await MigrationScaffold.AddAsync("first", model, place.Folder, cancellationToken: TestContext.Current.CancellationToken);
        await place.Runner().MigrateAsync();
        await place.AskNeonAsync<object?>(rows);
        return place;
    }
}
