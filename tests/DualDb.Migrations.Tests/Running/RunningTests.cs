using DualDb.Migrations.Tests.Places;
using DualDb.Testing;

namespace DualDb.Migrations.Tests.Running;

public sealed class RunningTests(MigrationServers servers)
{
    private const string Profiles = "supabase/20260101T1100_profiles";
    private const string Orders = "neon/20260101T1200_orders";

    /// <summary>Of a partitioned table: no name says that it is one.</summary>
    [Fact]
    public async Task File_without_transactions_runs_what_can_be_in_none()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write("neon/20260101T1200_parted", "create table parted (id int primary key) partition by range (id); create table part partition of parted for values from (0) to (10);")
            .Write("neon/20260101T1300_again", "-- transaction: none\nreindex table parted;\ncluster parted using parted_pkey;\ncreate table behind ();\n-- down:\nreindex table parted;");

        Assert.Equal(2, (await place.Runner().MigrateAsync()).Applied.Count);
        Assert.Single((await place.Runner().DownAsync(await place.Runner().PlanDownAsync(1))).Undone);
    }

    [Fact]
    public async Task Migrations_are_applied_to_both_databases_once()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Profiles, "create table profiles (id bigint primary key, name text not null);");
        place.Write(Orders, $"-- requires: {Profiles}\ncreate table orders (id bigint primary key, buyer bigint not null, buyer_name text); insert into orders values (1, 2);");

        var plan = await place.Runner().PlanAsync();
        var run = await place.Runner().RunAsync(plan);

        Assert.Equal([Profiles, Orders], run.Applied.Select(id => id.ToString()));
        Assert.Equal(1, await place.AskNeonAsync<long>("select count(*) from orders"));
        Assert.Equal(0, await place.AskSupabaseAsync<long>("select count(*) from profiles"));
        const string Row = "select concat_ws(' ', name, state, statements, done, actor, run_id, finished_at is not null, duration > interval '0', error) from dualdb.migrations";
        Assert.Equal($"20260101T1200_orders applied 2 2 {Environment.UserName} {run.RunId} t t", await place.AskNeonAsync<string>(Row));
        Assert.Equal($"20260101T1100_profiles applied 1 1 {Environment.UserName} {run.RunId} t t", await place.AskSupabaseAsync<string>(Row));
        Assert.Equal($"{run.RunId} {plan.Hash} succeeded 1", await place.AskNeonAsync<string>("select concat_ws(' ', run_id, plan_hash, state, starts) from dualdb.migration_runs"));

        Assert.True((await place.Runner().PlanAsync()).IsEmpty);
        Assert.Empty((await place.Runner().MigrateAsync()).Applied);
        Assert.Empty((await place.Runner().RunAsync(plan)).Applied);
        Assert.Equal(1, await place.AskNeonAsync<long>("select count(*) from orders"));
    }

    [Fact]
    public async Task Body_of_a_function_reaches_the_server_as_it_was_written()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Orders, """
            create table orders (id bigint);
            create function f(a int) returns int language sql begin atomic
                insert into orders values (a);
                select case when a > 1 then 3 else 4 end;
            end;
            create function g() returns text language sql as $$ select ':a @b ? ; $1' $$;
            select f(2);
            """);

        await place.Runner().MigrateAsync();

        Assert.Equal(1, await place.AskNeonAsync<long>("select count(*) from orders"));
        Assert.Equal(":a @b ? ; $1", await place.AskNeonAsync<string>("select g()"));
    }

    [Fact]
    public async Task Failed_migration_tells_its_place_and_leaves_nothing()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Profiles, "create table profiles (id bigint);");
        place.Write(Orders, "create table orders (id bigint);\n\ninsert into orders\n  values (length('secret')), (nothing);\nselect 1;");

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner().MigrateAsync());

        Assert.Equal((Orders, 2, 4, 31, "42703"), (failed.Id.ToString(), failed.Statement, failed.Line, failed.Column, failed.SqlState));
        Assert.Contains("neon/20260101T1200_orders.sql(4,31): statement 2 of 3 of neon/20260101T1200_orders failed in Neon: 42703", failed.Message, StringComparison.Ordinal);
        Assert.Contains("\n      values (length(********)), (nothing)\n" + new string(' ', 34) + "^", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failed.Message, StringComparison.Ordinal);
        Assert.Equal([Profiles], failed.Applied.Select(id => id.ToString()));
        Assert.False(await place.AskNeonAsync<bool>("select to_regclass('orders') is not null"));
        Assert.Equal("applying 0 t", await place.AskNeonAsync<string>("select concat_ws(' ', state, done, error is not null) from dualdb.migrations"));
        Assert.Equal("failed", await place.AskNeonAsync<string>("select state from dualdb.migration_runs"));

        place.Write(Orders, "create table orders (id bigint);");
        var plan = await place.Runner().PlanAsync();
        var run = await place.Runner().RunAsync(plan);

        Assert.Equal(plan.Resumes, run.RunId);
        Assert.Equal([Orders], run.Applied.Select(id => id.ToString()));
        Assert.Equal("applied t succeeded 2", await place.AskNeonAsync<string>("select concat_ws(' ', m.state, m.error is null, r.state, r.starts) from dualdb.migrations m, dualdb.migration_runs r"));
    }

    [Theory]
    [InlineData("select 1;\nalter table orders add column;", 2, 30, "alter table orders add column")]
    [InlineData("select '\U0001F600\U0001F600', (nothing);", 1, 17, "select ******, (nothing)")]
    public async Task Place_of_a_failure_is_shown_at_the_end_of_a_statement_and_behind_characters_of_two_units(string sql, int line, int column, string text)
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Orders, sql);

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner().MigrateAsync());

        Assert.Equal((line, column), (failed.Line, failed.Column));
        Assert.EndsWith($"\n    {text}\n    {new string(' ', column - 1)}^", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_long_line_what_stands_around_the_failure_is_shown()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Orders, $"select {string.Join(", ", Enumerable.Range(0, 200))}, nothing, {string.Join(", ", Enumerable.Range(0, 200))};");

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner().MigrateAsync());

        var lines = failed.Message.Split('\n');
        Assert.Equal(164, lines[^2].Length);
        Assert.StartsWith("nothing", lines[^2][lines[^1].IndexOf('^', StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_added_to_an_enum_can_be_used_in_a_file_without_transaction()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Orders, "create type s as enum ('a'); create table orders (s s);");
        place.Write("neon/20260101T1300_grow", "alter type s add value 'b'; insert into orders values ('b');");

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner().MigrateAsync());

        Assert.Contains("-- transaction: none", failed.Message, StringComparison.Ordinal);
        place.Write("neon/20260101T1300_grow", "-- transaction: none\nalter type s add value 'b'; insert into orders values ('b');");
        await place.Runner().MigrateAsync();
        Assert.Equal(1, await place.AskNeonAsync<long>("select count(*) from orders"));
    }

    [Fact]
    public async Task Settings_of_one_migration_do_not_reach_the_next()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Orders, "create schema other; set search_path = other; create table a ();");
        place.Write("neon/20260101T1300_next", "create table b ();");

        await place.Runner().MigrateAsync();

        Assert.True(await place.AskNeonAsync<bool>("select to_regclass('other.a') is not null and to_regclass('public.b') is not null"));
    }

    [Fact]
    public async Task Statement_that_takes_longer_than_its_file_says_is_cancelled()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Orders, "-- timeout: 50ms\nselect pg_sleep(60);");

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner().MigrateAsync());

        Assert.Equal("57014", failed.SqlState);
        Assert.Contains("-- timeout: 30min", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Phases_are_run_apart()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Orders, "create table orders (old int);");
        place.Write("neon/20260101T1300_contract", "-- phase: contract\nalter table orders drop column old;");
        place.Write("supabase/20260101T1400_after", "-- requires: neon/20260101T1300_contract\ncreate table after ();");

        var plan = await place.Runner(options => options.Through = MigrationPhase.Switch).PlanAsync();

        Assert.Equal([Orders], plan.Migrations.Select(migration => migration.Id.ToString()));
        Assert.Equal(["neon/20260101T1300_contract", "supabase/20260101T1400_after"], plan.Deferred.Select(id => id.ToString()));
        await place.Runner(options => options.Through = MigrationPhase.Switch).RunAsync(plan);
        place.Write("neon/20260101T1500_expand", "create table next ();");
        await place.Runner(options => options.Through = MigrationPhase.Switch).MigrateAsync();
        Assert.Equal(2, (await place.Runner().MigrateAsync()).Applied.Count);
    }

    [Theory]
    [InlineData("-- phase: switch\nselect 1;\n-- down: none")]
    [InlineData("-- timeout: 1h\nselect 1;\n-- down: none")]
    [InlineData("select 1;\n-- down:\nselect 2;")]
    [InlineData("select 2;\n-- down: none")]
    public async Task Plan_is_another_where_statements_or_what_is_said_of_them_are_others(string changed)
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Orders, "select 1;\n-- down: none");
        var hash = (await place.Runner().PlanAsync()).Hash;

        place.Write(Orders, "-- Only words.\nselect 1;\n-- more of them\n-- down: none");
        Assert.Equal(hash, (await place.Runner().PlanAsync()).Hash);
        place.Write(Orders, changed);
        Assert.NotEqual(hash, (await place.Runner().PlanAsync()).Hash);
    }

    [Fact]
    public async Task Plan_is_shown_as_a_tree_and_as_json()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Profiles, "create table profiles ();");
        place.Write(Orders, $"-- requires: {Profiles}\ncreate table orders (id int); create index concurrently i on orders (id);\n-- down:\ndrop table orders;");

        var plan = await place.Runner().PlanAsync();

        Assert.Equal(
            $"""
            plan {plan.Hash}: 2 migrations
            ├─ 1. supabase/20260101T1100_profiles  expand, 1 statement
            └─ 2. neon/20260101T1200_orders        expand, 2 statements, not all in transactions
                  └─ after supabase/20260101T1100_profiles
            """,
            plan.ToString());
        using var json = System.Text.Json.JsonDocument.Parse(plan.ToJson());
        Assert.Equal(plan.Hash, json.RootElement.GetProperty("hash").GetString());
        var second = json.RootElement.GetProperty("migrations")[1];
        Assert.Equal(Orders, second.GetProperty("id").GetString());
        Assert.True(second.GetProperty("leavesTransactions").GetBoolean() && second.GetProperty("hasDown").GetBoolean());
        Assert.Equal(Profiles, second.GetProperty("requires")[0].GetString());
    }

    [Fact]
    public async Task Only_the_approved_plan_is_run()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Orders, "create table orders ();");
        var approved = (await place.Runner().PlanAsync()).Hash;
        place.Write(Profiles, "create table profiles ();");

        var refused = await Assert.ThrowsAsync<MigrationHistoryException>(() => place.Runner(options => options.PlanHash = approved).MigrateAsync());

        Assert.Equal(MigrationDisagreement.OtherPlan, refused.Disagreement);
        Assert.Contains(approved, refused.Message, StringComparison.Ordinal);
        place.Delete(Profiles);
        await place.Runner(options => options.PlanHash = approved).MigrateAsync();
    }

    [Theory]
    [InlineData("neon/20260101T1500_last", "create table last (n int);")]
    [InlineData("neon/20260101T1500_last", "-- timeout: 1h\ncreate table last ();\n-- down:\ndrop table last;")]
    [InlineData("neon/20260101T1600_other", "create table other ();")]
    [InlineData("neon/seeds/rows", "create table rows (n int);")]
    public async Task Run_that_goes_on_is_held_to_what_was_approved(string id, string sql)
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Orders, "select 1 / (select 0 where to_regclass('ready') is null);").Write("neon/20260101T1500_last", "create table last ();\n-- down:\ndrop table last;").Write("neon/seeds/rows", "create table rows ();");
        var approved = (await place.Runner(options => options.Seeds = true).PlanAsync()).Hash;
        await Assert.ThrowsAsync<MigrationFailedException>(() => Runner().MigrateAsync());
        await place.AskNeonAsync<object?>("create table ready ()");
        var before = Directory.GetFiles(place.Folder, "*.sql", SearchOption.AllDirectories).ToDictionary(path => path, File.ReadAllText);
        place.Write(id, sql);

        Assert.Equal(MigrationDisagreement.OtherPlan, (await Assert.ThrowsAsync<MigrationHistoryException>(() => Runner().MigrateAsync())).Disagreement);

        Assert.False(await place.AskNeonAsync<bool>("select to_regclass('last') is not null or to_regclass('other') is not null or to_regclass('rows') is not null"));
        place.Delete(id);
        before.ToList().ForEach(file => File.WriteAllText(file.Key, file.Value));
        Assert.Equal(2, (await Runner().MigrateAsync()).Applied.Count);
        Assert.Equal($"{approved} succeeded", await place.AskNeonAsync<string>("select concat_ws(' ', plan_hash, state) from dualdb.migration_runs"));

        MigrationRunner Runner() => place.Runner(options => (options.Seeds, options.PlanHash) = (true, approved));
    }

    [Fact]
    public async Task Journal_of_an_earlier_version_gets_the_column_that_it_lacks()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Orders, "create table orders ();");
        await place.Runner().MigrateAsync();
        await place.AskNeonAsync<object?>("alter table dualdb.migration_runs drop column steps; update dualdb.migration_runs set state = 'failed', finished_at = null");

        await place.Runner().MigrateAsync();

        Assert.Equal("succeeded", await place.AskNeonAsync<string>("select state from dualdb.migration_runs where steps = '{}'"));
    }

    [Fact]
    public async Task Start_up_check_of_what_is_applied_takes_one_round_trip_for_each_database()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        for (var i = 0; i < 200; i++)
        {
            place.Write($"{(i % 2 == 0 ? "neon" : "supabase")}/20260101T12{i / 60:00}{i % 60:00}_step", $"create table t{i} ();");
        }

        await place.Runner().MigrateAsync();
        using var counter = StatementCounter.Start();
        var run = await place.Runner().MigrateAsync();

        Assert.Empty(run.Applied);
        Assert.Equal(2, counter.Count);
    }
}
