using DualDb.Migrations.Tests.Places;

namespace DualDb.Migrations.Tests.Recipes;

/// <summary>The recipes of the guide, as they stand there: no statement of the application fails but those that any application has to repeat.</summary>
public sealed class RecipeTests(MigrationServers servers)
{
    [Fact]
    public async Task Table_is_paged_by_key()
    {
        const string Write = "insert into posts (title) values ('written ' || @n)";
        var byOffset = new AppVersion(["select id from posts order by created_at desc limit 20 offset @n"], [Write]);
        var byKey = new AppVersion(["select id from posts where (created_at, id) < (timestamptz '2026-01-01' + @id * interval '1 second', @id) order by created_at desc, id desc limit 20"], [Write]);
        await using var recipe = await Recipe.BeginAsync(
            servers,
            "A table is paged by key",
            $"create table posts (id bigint primary key generated always as identity, created_at timestamptz not null default now(), title text not null); insert into posts (created_at, title) select timestamptz '2026-01-01' + i * interval '1 second', 'post ' || i from generate_series(1, {Recipe.Rows}) i; create index posts_created_at on posts (created_at); analyze posts",
            byOffset);

        await recipe.MigrateAsync(MigrationPhase.Expand);
        await recipe.Load.ReleaseAsync(byKey);
        await recipe.MigrateAsync(MigrationPhase.Contract);

        Assert.Equal("posts_page, posts_pkey", await recipe.AskAsync<string>("select string_agg(indexrelid::regclass::text, ', ' order by indexrelid::regclass::text) from pg_index where indrelid = 'posts'::regclass and indisvalid"));
        await recipe.EndAsync();
    }

    [Fact]
    public async Task Enum_grows()
    {
        const string Read = "select state::text from tickets where id = @id";
        const string Write = "update tickets set state = 'closed' where id = @id";
        var before = new AppVersion([Read], [Write]) { Understands = static state => state is null or "open" or "closed" };
        var reads = before with { Understands = static state => state is null or "open" or "closed" or "waiting" };
        var writes = reads with { Writes = [Write, "update tickets set state = 'waiting' where id = @id"] };
        await using var recipe = await Recipe.BeginAsync(
            servers,
            "An enum grows",
            $"create type ticket_state as enum ('open', 'closed'); create table tickets (id bigint primary key, state ticket_state not null); insert into tickets select i, 'open' from generate_series(1, {Recipe.Rows}) i",
            before);

        await recipe.Load.ReleaseAsync(reads);
        await recipe.MigrateAsync(MigrationPhase.Expand);
        await recipe.Load.ReleaseAsync(writes);

        Assert.True(await recipe.AskAsync<bool>("select exists (select from tickets where state = 'waiting')"));
        await recipe.EndAsync();
    }

    [Fact]
    public async Task Column_gets_another_type()
    {
        var whole = new AppVersion(["select amount from invoices where id = @id"], ["update invoices set amount = @n where id = @id", "insert into invoices (amount) values (@n)"]) { Understands = static amount => amount is null or int };
        var either = new AppVersion(["select amount::numeric from invoices where id = @id"], whole.Writes) { Understands = static amount => amount is null or decimal };
        var exact = new AppVersion(["select amount from invoices where id = @id"], ["update invoices set amount = @n + 0.25 where id = @id", "insert into invoices (amount) values (@n + 0.5)"]) { Understands = static amount => amount is null or decimal };
        await using var recipe = await Recipe.BeginAsync(
            servers,
            "A column gets another type",
            $"create table invoices (id bigint primary key generated always as identity, amount integer not null); insert into invoices (amount) select i from generate_series(1, {Recipe.Rows}) i",
            whole,
            new FillAmounts());

        await recipe.MigrateAsync(MigrationPhase.Expand);
        await recipe.MigrateAsync(MigrationPhase.Backfill);
        Assert.Equal(0, await recipe.AskAsync<long>("select count(*) from invoices where amount_new is distinct from amount"));
        await recipe.Load.ReleaseAsync(either);
        await recipe.MigrateAsync(MigrationPhase.Switch);
        await recipe.Load.ReleaseAsync(exact);
        await recipe.MigrateAsync(MigrationPhase.Contract);

        Assert.Equal("numeric", await recipe.AskAsync<string>("select string_agg(data_type, ', ') from information_schema.columns where table_name = 'invoices' and column_name like 'amount%' and is_nullable = 'NO'"));
        await recipe.EndAsync();
    }

    [Fact]
    public async Task Column_gets_another_name()
    {
        var old = new AppVersion(["select customer from orders where id = @id"], ["update orders set customer = 'old ' || @n where id = @id", "insert into orders (customer) values ('old ' || @n)"]);
        var renamed = new AppVersion(["select buyer from orders where id = @id"], ["update orders set buyer = 'new ' || @n where id = @id", "insert into orders (buyer) values ('new ' || @n)"]);
        await using var recipe = await Recipe.BeginAsync(servers, "A column gets another name", Orders(Recipe.Rows), old, new FillBuyers());

        await recipe.MigrateAsync(MigrationPhase.Expand);
        await recipe.MigrateAsync(MigrationPhase.Backfill);
        await recipe.MigrateAsync(MigrationPhase.Switch);
        await recipe.Load.ReleaseAsync(renamed);
        Assert.Equal(0, await recipe.AskAsync<long>("select count(*) from orders where buyer is distinct from customer"));
        await recipe.MigrateAsync(MigrationPhase.Contract);

        Assert.Equal("buyer, id", await recipe.AskAsync<string>("select string_agg(column_name, ', ' order by column_name) from information_schema.columns where table_name = 'orders'"));
        await recipe.EndAsync();
    }

    [Fact]
    public async Task Table_moves()
    {
        static AppVersion On(string table) => new([$"select name from {table} where id = @id"], [$"update {table} set name = '{table} ' || @n where id = @id", $"insert into {table} (name) values ('{table} ' || @n)", $"delete from {table} where id = @id"]);
        await using var recipe = await Recipe.BeginAsync(
            servers,
            "A table moves",
            $"create sequence customers_id_seq; create table customers (id bigint primary key default nextval('customers_id_seq'), name text not null); alter sequence customers_id_seq owned by customers.id; insert into customers (name) select 'customer ' || i from generate_series(1, {Recipe.Rows}) i",
            On("customers"),
            new CopyClients());

        await recipe.MigrateAsync(MigrationPhase.Expand);
        await recipe.MigrateAsync(MigrationPhase.Backfill);
        await recipe.MigrateAsync(MigrationPhase.Switch);
        await recipe.Load.ReleaseAsync(On("crm.clients"));
        Assert.Equal(0, await recipe.AskAsync<long>("select count(*) from customers full join crm.clients using (id) where customers.name is distinct from clients.name"));
        await recipe.MigrateAsync(MigrationPhase.Contract);

        Assert.True(await recipe.AskAsync<bool>("select to_regclass('customers') is null and count(*) > 100000 from crm.clients"));
        await recipe.EndAsync();
    }

    /// <summary>The load does see what goes wrong.</summary>
    [Fact]
    public async Task Column_that_is_renamed_at_once_is_missed()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        await place.AskNeonAsync<object?>(Orders(1000) + "; select null");
        await using var load = new AppLoad(place.Neon, new AppVersion(["select customer from orders where id = @id"], ["update orders set customer = 'old ' || @n where id = @id"]));
        place.Write("neon/20260601T0900_buyer", "alter table orders rename column customer to buyer;");

        await place.Runner().MigrateAsync(TestContext.Current.CancellationToken);
        await load.RunOnAsync();

        Assert.Contains(load.Failures, static failure => failure.Contains("42703", StringComparison.Ordinal));
    }

    private static string Orders(int rows) => $"create table orders (id bigint primary key generated always as identity, customer text not null); insert into orders (customer) select 'customer ' || i from generate_series(1, {rows}) i";
}
