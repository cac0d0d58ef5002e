using DualDb.Tool.Tests.Places;

namespace DualDb.Tool.Tests.Migrating;

/// <summary>The commands of migrations, as people and pipelines call them.</summary>
public sealed class CommandTests(ToolServers servers)
{
    private const string Profiles = "supabase/20260101T1100_profiles";
    private const string Orders = "neon/20260101T1200_orders";

    [Fact]
    public async Task Plan_up_status_and_down_say_what_they_do_in_JSON()
    {
        await using var place = await PlaceAsync();

        var plan = (await place.RunAsync("migrations", "plan", "--json", "--check")).EndedWith(4);
        Assert.Equal([Profiles, Orders], plan.Json["migrations"]!.AsArray().Select(static one => one!["id"]!.GetValue<string>()));

        var up = (await place.RunAsync("migrations", "up", "--plan-hash", plan.Json["hash"]!.GetValue<string>(), "--json")).EndedWith(0);
        Assert.Equal([Profiles, Orders], up.Texts("applied"));
        Assert.Contains("2/2 neon/20260101T1200_orders: applied", up.Error, StringComparison.Ordinal);
        Assert.Empty((await place.RunAsync("migrations", "up", "--json")).EndedWith(0).Texts("applied"));
        (await place.RunAsync("migrations", "plan", "--check")).EndedWith(0);

        var status = (await place.RunAsync("migrations", "status", "--check", "--json")).EndedWith(0).Json;
        Assert.Equal(0, status["pending"]!.GetValue<int>());
        Assert.All(status["migrations"]!.AsArray(), static one => Assert.Equal("applied", one!["state"]!.GetValue<string>()));

        var wouldBe = (await place.RunAsync("migrations", "down", "--to", Profiles, "--dry-run", "--json")).EndedWith(0);
        Assert.Equal([Orders], wouldBe.Texts("toUndo"));
        Assert.True(await place.AskNeonAsync<bool>("select to_regclass('orders') is not null"));
        Assert.Equal([Orders, Profiles], (await place.RunAsync("migrations", "down", "--steps", "5", "--yes", "--json")).EndedWith(0).Texts("undone"));
        Assert.True(await place.AskSupabaseAsync<bool>("select to_regclass('profiles') is null"));
        Assert.Equal(2, (await place.RunAsync("migrations", "status", "--check", "--json")).EndedWith(4).Json["pending"]!.GetValue<int>());
        Assert.Empty((await place.RunAsync("migrations", "resume", "--json")).EndedWith(0).Texts("applied"));
    }

    [Fact]
    public async Task History_of_another_tool_is_imported_and_rows_are_inserted_when_asked_for()
    {
        await using var place = await PlaceAsync();
        place.Write("neon/seeds/orders", "insert into orders values (4711);").Write("neon/R__late", "create or replace view late as select id from orders;");
        await place.AskSupabaseAsync<object?>("create table public.flyway_schema_history (installed_rank int primary key, version text, description text, type text, success boolean); insert into flyway_schema_history values (1, '1', 'profiles', 'SQL', true), (2, '2', 'other', 'SQL', true); create table profiles (id bigint)");

        Assert.Equal([Profiles], (await place.RunAsync("migrations", "import", "flyway", "--dry-run", "--json")).EndedWith(0).Texts("recorded"));
        var import = (await place.RunAsync("migrations", "import", "flyway")).EndedWith(0);
        Assert.Contains("Recorded as applied: 1", import.Output, StringComparison.Ordinal);
        Assert.Contains("supabase: 2 other", import.Output, StringComparison.Ordinal);
        (await place.RunAsync("migrations", "import", "liquibase")).EndedWith(2);

        Assert.Equal(["neon/seeds/orders"], (await place.RunAsync("migrations", "plan", "--seeds", "--json")).EndedWith(0).Texts("seeds"));
        var up = (await place.RunAsync("migrations", "up", "--seeds", "--json")).EndedWith(0);
        Assert.Equal([Orders, "neon/R__late"], up.Texts("applied"));
        Assert.Equal(["neon/seeds/orders"], up.Texts("seeds"));
        Assert.Equal(4711, await place.AskNeonAsync<long>("select id from late"));
    }

    [Fact]
    public async Task Text_for_people_is_a_tree_and_a_table_without_colours_where_nobody_watches()
    {
        await using var place = await PlaceAsync();

        var plan = (await place.RunAsync("migrations", "plan")).EndedWith(0);
        Assert.Contains($"├─ 1. {Profiles}", plan.Output, StringComparison.Ordinal);
        (await place.RunAsync("migrations", "up")).EndedWith(0);
        var status = (await place.RunAsync("migrations", "status")).EndedWith(0);

        Assert.Matches($"{Orders} +applied +20[0-9-]+ ", status.Output);
        Assert.DoesNotContain('\u001b', plan.Output + plan.Error + status.Output + status.Error);
    }

    [Fact]
    public async Task Changes_by_hand_are_told_with_a_run_that_fails_a_way_down_and_a_baseline()
    {
        await using var place = await PlaceAsync();
        (await place.RunAsync("migrations", "up")).EndedWith(0);
        await place.AskNeonAsync<object?>("alter table orders add column by_hand int; select null");
        place.Write("neon/20260101T1300_bad", "select 1 / 0;");

        var failed = (await place.RunAsync("migrations", "up", "--json")).EndedWith(1);
        Assert.Equal("column public.orders.by_hand", failed.Json["error"]!["drift"]![0]!["subject"]!.GetValue<string>());
        Assert.Contains("Neon: column public.orders.by_hand: it was added without a migration", failed.Error, StringComparison.Ordinal);

        place.Delete("neon/20260101T1300_bad");
        await place.AskNeonAsync<object?>("delete from dualdb.migrations where name like '%bad'; select null");
        place.Write("neon/20260101T1300_good", "select 1;");
        (await place.RunAsync("migrations", "up")).EndedWith(0);
        await place.AskNeonAsync<object?>("alter table orders add column more int; select null");
        place.Write("neon/20260101T1400_more", "alter table orders add column more int;\n-- down: none");
        var baseline = (await place.RunAsync("migrations", "baseline", "neon/20260101T1400_more")).EndedWith(0);
        Assert.Contains("Neon: column public.orders.more: it was added without a migration", baseline.Output, StringComparison.Ordinal);
        await place.AskNeonAsync<object?>("alter table orders drop column by_hand; select null");
        Assert.Equal("column public.orders.by_hand", (await place.RunAsync("migrations", "down", "--yes", "--json")).EndedWith(0).Json["drift"]![0]!["subject"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_takes_data_away_is_refused_where_nobody_can_be_asked()
    {
        await using var place = await PlaceAsync();
        (await place.RunAsync("migrations", "up")).EndedWith(0);
        place.Write("neon/20260101T1400_contract", "drop table orders;\n-- down: none");

        var up = (await place.RunAsync("migrations", "up", "--json")).EndedWith(3);
        var down = (await place.RunAsync("migrations", "down", "--json")).EndedWith(3);

        Assert.Equal("refused", up.Json["error"]!["kind"]!.GetValue<string>());
        Assert.Contains("20260101T1400_contract", up.Error, StringComparison.Ordinal);
        Assert.Contains("--yes", down.Error, StringComparison.Ordinal);
        Assert.True(await place.AskNeonAsync<bool>("select to_regclass('orders') is not null"));
        (await place.RunAsync("migrations", "up", "--yes")).EndedWith(0);
        Assert.True(await place.AskNeonAsync<bool>("select to_regclass('orders') is null"));
    }

    [Fact]
    public async Task Statement_that_fails_ends_with_1_and_is_told_by_file_line_and_column_and_the_rest_resumes()
    {
        await using var place = await PlaceAsync();
        place.Write("neon/20260101T1400_broken", "create table broken (id int);\nvacuum broken;\nselect nothing from broken;");

        var failed = (await place.RunAsync("migrations", "up", "--json")).EndedWith(1);

        var error = failed.Json["error"]!;
        Assert.Equal(("neon/20260101T1400_broken", 3, 3, 8, "42703"), (error["migration"]!.GetValue<string>(), error["statement"]!.GetValue<int>(), error["line"]!.GetValue<int>(), error["column"]!.GetValue<int>(), error["sqlState"]!.GetValue<string>()));
        Assert.Equal(2, error["applied"]!.AsArray().Count);
        Assert.Contains("resume", (await place.RunAsync("migrations", "status")).Output, StringComparison.Ordinal);
        place.Write("neon/20260101T1400_broken", "create table broken (id int);\nvacuum broken;\nselect id from broken;");
        Assert.Equal(["neon/20260101T1400_broken"], (await place.RunAsync("migrations", "resume", "--json")).EndedWith(0).Texts("applied"));
    }

    [Fact]
    public async Task Resume_applies_no_more_than_the_run_that_broke_off_was_to_and_up_asks_about_what_was_added_since()
    {
        await using var place = await PlaceAsync();
        place.Write("neon/20260101T1400_switch", "-- phase: switch\nselect nothing;").Write("neon/20260101T1500_contract", "-- phase: contract\n-- requires: neon/20260101T1200_orders\ndrop table orders;");
        var hash = (await place.RunAsync("migrations", "plan", "--through", "switch", "--json")).EndedWith(0).Json["hash"]!.GetValue<string>();
        (await place.RunAsync("migrations", "up", "--through", "switch", "--plan-hash", hash)).EndedWith(1);
        place.Write("neon/20260101T1400_switch", "-- phase: switch\nselect 1;").Write("supabase/20260101T1600_more", "-- requires: none\ndrop table profiles;");

        Assert.Contains("20260101T1500_contract", (await place.RunAsync("migrations", "up", "--json")).EndedWith(3).Error, StringComparison.Ordinal);
        Assert.Equal(["neon/20260101T1400_switch"], (await place.RunAsync("migrations", "resume", "--json")).EndedWith(0).Texts("applied"));

        Assert.True(await place.AskNeonAsync<bool>("select to_regclass('orders') is not null"));
        Assert.True(await place.AskSupabaseAsync<bool>("select to_regclass('profiles') is not null"));
        Assert.Equal(2, (await place.RunAsync("migrations", "status", "--json")).EndedWith(0).Json["pending"]!.GetValue<int>());
    }

    [Fact]
    public async Task Repair_accepts_the_present_beginning_of_a_file_that_broke_off()
    {
        await using var place = await PlaceAsync();
        place.Write("neon/20260101T1400_broken", "create table broken (id int);\nvacuum broken;\nselect nothing from broken;");
        (await place.RunAsync("migrations", "up")).EndedWith(1);
        place.Write("neon/20260101T1400_broken", "create table broken (id integer);\nvacuum broken;\nselect id from broken;");

        Assert.Contains("changed in its first statements", (await place.RunAsync("migrations", "resume")).EndedWith(3).Error, StringComparison.Ordinal);
        (await place.RunAsync("migrations", "repair", "neon/20260101T1400_broken", "--yes")).EndedWith(0);

        Assert.Equal(["neon/20260101T1400_broken"], (await place.RunAsync("migrations", "resume", "--json")).EndedWith(0).Texts("applied"));
    }

    [Fact]
    public async Task Baseline_repair_and_resolve_correct_the_history()
    {
        await using var place = await PlaceAsync();
        await place.AskSupabaseAsync<object?>("create table profiles (id bigint)");

        Assert.Equal([Profiles], (await place.RunAsync("migrations", "baseline", Profiles, "--json")).EndedWith(0).Texts("recorded"));
        Assert.Equal([Orders], (await place.RunAsync("migrations", "up", "--json")).EndedWith(0).Texts("applied"));

        place.Write(Orders, "create table orders (id bigint, total int);");
        var changed = (await place.RunAsync("migrations", "plan", "--json")).EndedWith(3);
        Assert.Contains("was changed after it was applied", changed.Error, StringComparison.Ordinal);
        (await place.RunAsync("migrations", "repair", Orders)).EndedWith(3);
        (await place.RunAsync("migrations", "repair", Orders, "--yes")).EndedWith(0);
        (await place.RunAsync("migrations", "plan")).EndedWith(0);

        (await place.RunAsync("migrations", "resolve", Orders, "--done")).EndedWith(3);
        (await place.RunAsync("migrations", "resolve", Orders)).EndedWith(2);
        await place.AskNeonAsync<object?>("update dualdb.migrations set state = 'applying', done = 0, attempt = 0, attempt_pid = 1, checksum = 'e3b0c44298fc1c149afbf4c8996fb924'");
        Assert.False((await place.RunAsync("migrations", "resolve", Orders, "--not-done", "--json")).EndedWith(0).Json["wasDone"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Lint_with_a_model_looks_at_what_is_synchronised()
    {
        await using var place = await PlaceAsync();
        place.Write("neon/20260101T1400_drop", "-- phase: contract\nalter table members drop name;");

        var lint = (await ToolProcess.Start(ToolProcess.Tool, place.Folder, new Dictionary<string, string>(), ["migrations", "lint", "--assembly", ToolProcess.App, "--root", "AppDb", "--json"]).EndAsync()).EndedWith(4);

        Assert.Equal("DDM009", Assert.Single(lint.Json["findings"]!.AsArray())!["rule"]!.GetValue<string>());
    }

    [Fact]
    public async Task Lint_needs_no_database_and_ends_with_4_where_it_finds_something()
    {
        await using var place = await PlaceAsync();
        place.Write("neon/20260101T1400_index", "create index orders_id on orders (id);");

        var lint = (await ToolProcess.Start(ToolProcess.Tool, place.Folder, new Dictionary<string, string>(), ["migrations", "lint", "--json"]).EndAsync()).EndedWith(4);

        var finding = Assert.Single(lint.Json["findings"]!.AsArray())!;
        Assert.Equal(("DDM005", 1), (finding["rule"]!.GetValue<string>(), finding["line"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Dry_run_rolls_back_and_says_what_it_could_not_try()
    {
        await using var place = await PlaceAsync();
        place.Write("neon/20260101T1400_index", "create index concurrently orders_id on orders (id);");

        var tried = (await place.RunAsync("migrations", "plan", "--dry-run", "--json")).EndedWith(0).Json["dryRun"]!;

        Assert.Equal(2, tried["tried"]!.AsArray().Count);
        Assert.Equal("neon/20260101T1400_index", Assert.Single(tried["notRun"]!.AsArray())!["id"]!.GetValue<string>());
        Assert.True(await place.AskNeonAsync<bool>("select to_regclass('orders') is null"));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Signal_ends_a_run_at_its_statement_and_it_can_go_on(string signal)
    {
        await using var place = await PlaceAsync();
        place.Write("neon/20260101T1400_long", "select pg_sleep(600);");
        var up = place.Start("migrations", "up", "--json");
        await Eventually.HoldsAsync(() => place.AskNeonAsync<bool>("select exists (select from pg_stat_activity where datname = current_database() and query like 'select pg_sleep(600)%' and state = 'active')"), "the statement runs");

        await up.SignalAsync(signal);
        var result = (await up.EndAsync()).EndedWith(130);

        Assert.Equal("cancelled", result.Json["error"]!["kind"]!.GetValue<string>());
        Assert.True(await place.AskNeonAsync<bool>("select owner is null from dualdb.migration_lock"));
        place.Write("neon/20260101T1400_long", "select 1;");
        Assert.Equal(["neon/20260101T1400_long"], (await place.RunAsync("migrations", "resume", "--json")).EndedWith(0).Texts("applied"));
    }

    [Fact]
    public async Task Migrator_that_waits_too_long_for_another_is_refused_and_names_it()
    {
        await using var place = await PlaceAsync();
        (await place.RunAsync("migrations", "up", "--through", "expand")).EndedWith(0);
        await place.AskSupabaseAsync<object?>("update dualdb.migration_lock set owner = gen_random_uuid(), expires_at = clock_timestamp() + interval '1 hour', holder = 'ada on build-7'");
        place.Write("neon/20260101T1400_next", "create table next ();");

        Assert.Contains("ada on build-7", (await place.RunAsync("migrations", "up", "--lock-wait", "1ms")).EndedWith(3).Error, StringComparison.Ordinal);
    }

    private async Task<ToolPlace> PlaceAsync()
    {
        var place = await ToolPlace.CreateAsync(servers);
        place.Write(Profiles, "create table profiles (id bigint);\n-- down:\ndrop table profiles;");
        place.Write(Orders, $"-- requires: {Profiles}\ncreate table orders (id bigint);\n-- down:\ndrop table orders;");
        return place;
    }
}
