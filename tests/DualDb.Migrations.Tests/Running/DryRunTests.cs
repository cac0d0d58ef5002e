using DualDb.Migrations.Tests.Places;

namespace DualDb.Migrations.Tests.Running;

public sealed class DryRunTests(MigrationServers servers)
{
    [Fact]
    public async Task Dry_run_tries_both_databases_and_leaves_neither_changed()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write("neon/20260101T1000_orders", "create table orders (id bigint); create index concurrently i on orders (id); alter table orders add n int;");
        place.Write("supabase/20260101T1100_people", "create table people (id bigint);");
        place.Write("neon/20260101T1200_mood", "-- transaction: none\ncreate type mood as enum ('a');\nalter type mood add value 'b';\nselect 'b'::mood;");

        var tried = await place.Runner(null, new Nothing("supabase/20260101T1300_nothing")).DryRunAsync(await place.Runner(null, new Nothing("supabase/20260101T1300_nothing")).PlanAsync());

        Assert.Equal(["neon/20260101T1000_orders", "supabase/20260101T1100_people", "neon/20260101T1200_mood"], tried.Tried.Select(id => id.ToString()));
        Assert.Equal([("neon/20260101T1000_orders", (int?)2), ("neon/20260101T1200_mood", 3), ("supabase/20260101T1300_nothing", null)], tried.NotRun.Select(skipped => (skipped.Id.ToString(), skipped.Statement)));
        foreach (var database in (Database[])[Database.Neon, Database.Supabase])
        {
            Assert.True(await place.AskAsync<bool>(database, "select to_regnamespace('dualdb') is null and to_regclass('orders') is null and to_regclass('people') is null"));
        }
    }

    [Fact]
    public async Task Dry_run_finds_the_statement_that_fails()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write("neon/20260101T1000_orders", "create table orders (id bigint);");
        place.Write("supabase/20260101T1100_people", "create table people (id bigint);\ninsert into people values ('x'::text);");

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(async () => await place.Runner().DryRunAsync(await place.Runner().PlanAsync()));

        Assert.Equal(("supabase/20260101T1100_people", 2), (failed.Id.ToString(), failed.Line));
        Assert.False(await place.AskNeonAsync<bool>("select to_regclass('orders') is not null"));
    }

    [Fact]
    public async Task What_stands_on_a_statement_that_was_passed_over_is_not_tried_and_nothing_fails()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write("neon/20260101T1000_orders", "create table orders (id bigint, total int); insert into orders values (1, null);");
        place.Write("neon/20260101T1100_unique", "create unique index concurrently orders_id on orders (id);\nalter table orders add constraint orders_id unique using index orders_id;\nalter table orders add note text;");
        place.Write("neon/20260101T1200_renamed", "create index concurrently orders_new on orders (total);\nalter index public.orders_new rename to orders_total;\ncomment on index orders_total is 'x';\ncreate table lines (order_id bigint references orders (id));");
        place.Write("neon/20260101T1400_not_null", "alter table orders alter column total set not null;\nalter table orders add more int;");
        place.Write("neon/20260101T1500_lines", "create index on lines (order_id);\ncreate table last ();");
        place.Write("neon/seeds/lines", "insert into last default values;\ninsert into lines values (1);");
        var runner = place.Runner(static options => options.Seeds = true, new Nothing("neon/20260101T1300_fill"));

        var tried = await runner.DryRunAsync(await runner.PlanAsync());

        Assert.Equal(
            ["unique 1", "unique 2", "renamed 1", "renamed 2", "renamed 3", "renamed 4", "fill ", "null 1", "lines 1", "neon/seeds/lines 2"],
            tried.NotRun.Select(static skipped => $"{skipped.Id.ToString().Split('_')[^1]} {skipped.Statement}"));
        Assert.Equal(["orders", "unique", "null", "lines"], tried.Tried.Select(static id => id.ToString().Split('_')[^1]));
    }

    [Theory]
    [InlineData("alter table orders ad note text", "42601")]
    [InlineData("alter table orders drop constraint orders_idd", "42704")]
    [InlineData("alter table orders add column id bigint", "42701")]
    [InlineData("select typo from orders", "42703")]
    [InlineData("create table orders ()", "42P07")]
    [InlineData("alter table orders alter column total set not null", "23502")]
    [InlineData("insert into orders select 1 / 0", "22012")]
    public async Task What_fails_by_itself_is_found_also_behind_what_was_passed_over(string statement, string state)
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write("neon/20260101T1000_orders", "create table orders (id bigint, total int); insert into orders values (1, null);");
        place.Write("neon/20260101T1100_unique", $"create unique index concurrently orders_id on orders (id);\n{statement};");

        Assert.Equal((state, 2), await FailureAsync(place.Runner()));
    }

    [Fact]
    public async Task Syntax_is_wrong_whatever_was_passed_over()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write("neon/20260101T1000_alone", "-- transaction: none\ndo $$ begin create table if not exists orders (); commit; end $$;\ninsert into orders defualt values;");

        Assert.Equal(("42601", 3), await FailureAsync(place.Runner(null, new Nothing("neon/20260101T0900_fill"))));
        place.Write("neon/20260101T1000_alone", "-- transaction: none\ndo $$ begin create table if not exists orders (); commit; end $$;\ninsert into orders default values;\nselect * from others;");
        Assert.Equal(("42P01", 4), await FailureAsync(place.Runner()));
    }

    [Fact]
    public async Task Side_that_waits_lives_for_as_long_as_the_other_one_works()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write("supabase/20260101T1000_first", "create table first ();");
        place.Write("neon/20260101T1100_slow", "select pg_sleep(3);");
        place.Write("supabase/20260101T1200_slow", "insert into first default values;\nselect pg_sleep(3);");
        place.Write("neon/20260101T1300_last", "create table last ();");
        var runner = place.Runner(static options => options.Lease = TimeSpan.FromSeconds(2));

        Assert.Equal(4, (await runner.DryRunAsync(await runner.PlanAsync())).Tried.Count);
    }

    private static async Task<(string? State, int? Line)> FailureAsync(MigrationRunner runner)
    {
        var failed = await Assert.ThrowsAsync<MigrationFailedException>(async () => await runner.DryRunAsync(await runner.PlanAsync()));
        return (failed.SqlState, failed.Line);
    }

    private sealed class Nothing(string id) : IDataMigration
    {
        public string Id => id;

        public Task<string?> RunBatchAsync(MigrationBatch batch, CancellationToken cancellationToken) => Task.FromResult<string?>(null);
    }
}
