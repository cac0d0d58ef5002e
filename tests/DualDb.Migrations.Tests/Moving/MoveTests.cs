using System.Globalization;
using DualDb.Migrations.Files;
using DualDb.Migrations.Model;
using DualDb.Migrations.Moving;
using DualDb.Migrations.Tests.Places;
using Npgsql;

namespace DualDb.Migrations.Tests.Moving;

/// <summary>Tables that change the database, by <c>-- move</c>.</summary>
public sealed class MoveTests(MigrationServers servers)
{
    [Fact]
    public async Task Table_moves_with_all_values_phase_by_phase_while_it_is_written()
    {
        await using var place = await WishPlace.CreateAsync(servers, rows: 3000, batch: 400);
        await using var load = new WishLoad(place.Neon, 3000, WishLoad.Writes);
        await load.RunOnAsync();

        await place.MigrateAsync(MigrationPhase.Expand);
        Assert.Equal("none", await place.RowsAsync(Database.Supabase));
        await load.RunOnAsync();

        var plan = await place.Runner().PlanAsync(TestContext.Current.CancellationToken);
        Assert.Contains("backfill, copies shop.wishes from Neon, 400 rows at a time", plan.ToString(), StringComparison.Ordinal);
        Assert.Contains("switch, brings the rest of shop.wishes from Neon, where it takes no more writes", plan.ToString(), StringComparison.Ordinal);
        Assert.Contains("contract, makes sure that nothing was written to shop.wishes in Neon since, 1 statement", plan.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"moves\": [", plan.ToJson(), StringComparison.Ordinal);

        var tried = await place.Runner().DryRunAsync(plan, TestContext.Current.CancellationToken);
        Assert.Equal([WishPlace.Copy, WishPlace.Switch, WishPlace.Contract], tried.NotRun.Select(static skipped => skipped.Id.ToString()));

        await place.MigrateAsync(MigrationPhase.Backfill);
        await load.RunOnAsync();
        var early = await place.WriteRowAsync(Database.Supabase, "insert into shop.wishes (slot) values (2000000000)");
        Assert.Equal("55000", early?.SqlState);
        Assert.Contains("shop.wishes is being moved to Supabase", early!.MessageText, StringComparison.Ordinal);
        Assert.Contains("up --through switch", early.Hint, StringComparison.Ordinal);
        Assert.Empty(load.Failures);

        await place.MigrateAsync(MigrationPhase.Switch);
        await load.StopAsync();

        Assert.Empty(load.Unread);
        Assert.NotEmpty(load.Failures);
        Assert.All(load.Failures, static failure => Assert.Equal("55000", failure.SqlState));
        Assert.Contains("shop.wishes was moved to Supabase, and takes no more writes in Neon", load.Failures.First().MessageText, StringComparison.Ordinal);
        Assert.Contains("[Supabase(\"wishes\", Schema = \"shop\")]", load.Failures.First().Hint, StringComparison.Ordinal);
        Assert.Equal(await place.RowsAsync(Database.Neon), await place.RowsAsync(Database.Supabase));
        Assert.True(load.Written > 100, load.Written.ToString(CultureInfo.InvariantCulture));
        foreach (var write in (string[])["insert into shop.wishes (slot) values (2000000000)", "update shop.wishes set text = ''", "delete from shop.wishes", "truncate shop.wishes", "set session_replication_role = replica; insert into shop.wishes (slot) values (2000000000)"])
        {
            Assert.Equal("55000", (await place.WriteRowAsync(Database.Neon, write))?.SqlState);
        }

        var given = await place.AskNeonAsync<long>("select greatest(last_value, (select max(id) from shop.wishes)) from shop.wishes_id_seq");
        Assert.Equal(given + 1, await place.AskSupabaseAsync<long>("insert into shop.wishes (slot, mood) values (2000000000, 'sad') returning id"));

        Assert.Single((await place.Runner().MigrateAsync(TestContext.Current.CancellationToken)).Applied);
        Assert.True(await place.AskNeonAsync<bool>("select to_regclass('shop.wishes') is null and not exists (select from dualdb.change_log where table_name = 'wishes')"));
        Assert.Null(await place.WriteRowAsync(Database.Supabase, "update shop.wishes set text = 'here'"));
    }

    [Fact]
    public async Task Run_that_crashed_anywhere_goes_on_and_no_write_is_lost()
    {
        await using var place = await WishPlace.CreateAsync(servers, rows: 7, batch: 3);
        var crash = Every.First;
        for (string? point = ""; point is not null; crash += Every.Step)
        {
            await place.EmptyAsync();
            await WishPlace.FillAsync(place, rows: 7);
            await place.AskSupabaseAsync<object?>("drop schema if exists shop cascade; select null");
            await place.MigrateAsync(MigrationPhase.Expand);
            var probe = new Running.CrashProbe(crash);
            point = await CrashAsync(place, probe);
            await place.EndLeasesAsync();

            // The application goes on meanwhile, as long as it may.
            var isStopped = await place.WriteRowAsync(Database.Neon, "insert into shop.wishes (slot, text) values (100, 'late'); update shop.wishes set slot = slot + 1 where slot = 7; update shop.wishes set id = 99 where id = 2; delete from shop.wishes where slot = 4") is not null;
            Assert.Null(await CrashAsync(place, new Running.CrashProbe(int.MaxValue)));

            var when = $"crash {crash} at '{point}'";
            Assert.True(isStopped || await place.AskSupabaseAsync<bool>("select count(*) = 2 from shop.wishes where text = 'late' or id = 99"), when);
            Assert.True(await place.RowsAsync(Database.Neon) == await place.RowsAsync(Database.Supabase), when);
            Assert.True(await place.AskSupabaseAsync<bool>("select bool_and(state = 'applied' and cursor is null and error is null) and count(*) = 3 from dualdb.migrations"), when);
            Assert.Equal("55000", (await place.WriteRowAsync(Database.Neon, "delete from shop.wishes"))?.SqlState);
            Assert.Null(await place.WriteRowAsync(Database.Supabase, "insert into shop.wishes (slot) values (2000000000)"));
        }

        Assert.True(crash > 30, $"There are only some {crash} points.");
    }

    [Fact]
    public async Task Way_back_is_open_until_somebody_writes_to_the_new_table()
    {
        await using var place = await WishPlace.CreateAsync(servers, rows: 50, batch: 20);
        await place.MigrateAsync(MigrationPhase.Switch);

        await DownAsync(place, 1);
        Assert.Null(await place.WriteRowAsync(Database.Neon, "update shop.wishes set text = 'again' where id = 3"));
        Assert.Equal("55000", (await place.WriteRowAsync(Database.Supabase, "delete from shop.wishes"))?.SqlState);
        await place.MigrateAsync(MigrationPhase.Switch);
        Assert.Equal(await place.RowsAsync(Database.Neon), await place.RowsAsync(Database.Supabase));

        Assert.Null(await place.WriteRowAsync(Database.Supabase, "update shop.wishes set text = 'new' where id = 3"));
        var refused = await Assert.ThrowsAsync<MigrationFailedException>(() => DownAsync(place, 1));
        Assert.Contains("rows were written in Supabase since the switch", refused.Message, StringComparison.Ordinal);
        Assert.Contains("***", refused.Message, StringComparison.Ordinal);
        Assert.Null(await place.WriteRowAsync(Database.Supabase, "update shop.wishes set text = 'again' where id = 3"));
        Assert.Equal("55000", (await place.WriteRowAsync(Database.Neon, "delete from shop.wishes"))?.SqlState);

        // Nothing was begun that would have to be finished: the way on is open, and so is the way back once both sides are the same.
        Assert.True((await place.Runner(static options => options.Through = MigrationPhase.Switch).PlanAsync(TestContext.Current.CancellationToken)).IsEmpty);
        await DownAsync(place, 3);
        Assert.True(await place.AskSupabaseAsync<bool>("select to_regclass('shop.wishes') is null and not exists (select from dualdb.moved_tables)"));
        Assert.Equal(0, await place.AskNeonAsync<long>("select count(*) from pg_trigger where tgrelid = 'shop.wishes'::regclass"));
        Assert.Null(await place.WriteRowAsync(Database.Neon, "update shop.wishes set text = 'old' where id = 3"));
        await place.Runner().MigrateAsync(TestContext.Current.CancellationToken);
        Assert.Equal("old", await place.AskSupabaseAsync<string>("select text from shop.wishes where id = 3"));
    }

    [Fact]
    public async Task What_was_emptied_or_purged_meanwhile_is_copied_anew()
    {
        await using var place = await WishPlace.CreateAsync(servers, rows: 50, batch: 20);
        await place.MigrateAsync(MigrationPhase.Backfill);
        await place.AskNeonAsync<object?>("truncate shop.wishes; insert into shop.wishes (slot) values (7), (8); select null");
        await DownAsync(place, 1);
        await place.MigrateAsync(MigrationPhase.Backfill);
        await place.AskNeonAsync<object?>("truncate shop.wishes; insert into shop.wishes (slot) select i from generate_series(1, 45) i; select null");
        await place.AskNeonAsync<object?>("delete from dualdb.change_log; update dualdb.change_log_state set purged = pg_current_xact_id(); select null");

        await place.MigrateAsync(MigrationPhase.Switch);

        Assert.Equal(await place.RowsAsync(Database.Neon), await place.RowsAsync(Database.Supabase));
        Assert.Equal(45, await place.AskSupabaseAsync<long>("select count(*) from shop.wishes"));
    }

    [Fact]
    public async Task Rows_that_differ_stop_the_switch_and_the_old_table_takes_writes()
    {
        await using var place = await WishPlace.CreateAsync(servers, rows: 50, batch: 20);
        await place.MigrateAsync(MigrationPhase.Backfill);
        await place.AskNeonAsync<object?>("set session_replication_role = replica; update shop.wishes set text = 'past the triggers' where id = 17; select null");

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(() => place.MigrateAsync(MigrationPhase.Switch));

        Assert.Contains("50 rows there and 50 here; those of these keys differ: ***", failed.Message, StringComparison.Ordinal);
        Assert.Null(await place.WriteRowAsync(Database.Neon, "update shop.wishes set text = 'goes on' where id = 18"));
        await place.MigrateAsync(MigrationPhase.Switch);
        Assert.Equal("past the triggers", await place.AskSupabaseAsync<string>("select text from shop.wishes where id = 17"));
    }

    [Fact]
    public async Task Keys_that_differ_are_named_where_the_model_knows_the_table_and_marks_none_of_them()
    {
        static SchemaModel Of(params IReadOnlyList<ColumnModel> columns) => new() { Tables = [new TableModel { Database = Database.Supabase, Schema = "shop", Name = "wishes", Columns = columns, PrimaryKey = ["id"] }] };
        var (plain, sensitive) = (new ColumnModel { Name = "id", Type = "text" }, new ColumnModel { Name = "note", Type = "text", IsSensitive = true });
        Assert.True(TableMove.TryParse("app.old to shop.wishes", out var move));

        Assert.True(KeyVisibility.Of([SchemaModel.Empty, Of(plain, sensitive)], move));
        Assert.False(KeyVisibility.Of([Of(plain), Of(plain with { IsSensitive = true })], move));
        Assert.False(KeyVisibility.Of([SchemaModel.Empty], move));
        Assert.True(SchemaModel.Of<TestDb>().Tables.Single(static table => table.Name == "profiles").Columns.Single(static column => column.Name == "name").IsSensitive);
        Assert.DoesNotContain("sensitive", SchemaModel.Of<TestDb>().ToJson(), StringComparison.OrdinalIgnoreCase);

        await using var place = await WishPlace.CreateAsync(servers, rows: 5, batch: 20);
        await place.AskNeonAsync<object?>("alter table shop.wishes drop constraint wishes_pkey, add primary key (name); update shop.wishes set name = 'hunter2' where id = 3");
        place.Write(WishPlace.Expand, (await File.ReadAllTextAsync(Path.Combine(place.Folder, WishPlace.Expand + ".sql"))).Replace("-- down:", "alter table shop.wishes drop constraint wishes_pkey, add primary key (name);\n-- down:", StringComparison.Ordinal));
        await place.MigrateAsync(MigrationPhase.Backfill);
        await place.AskNeonAsync<object?>("set session_replication_role = replica; update shop.wishes set text = 'past the triggers' where id = 3; select null");

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(() => place.MigrateAsync(MigrationPhase.Switch));

        Assert.DoesNotContain("hunter2", failed.ToString(), StringComparison.Ordinal);
        Assert.Contains("[Sensitive]", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Value_that_cannot_be_copied_is_not_told()
    {
        await using var place = await WishPlace.CreateAsync(servers, rows: 5, batch: 20);
        await place.AskNeonAsync<object?>("alter type mood add value 'hunter2'");
        await place.AskNeonAsync<object?>("update shop.wishes set mood = 'hunter2' where id = 3");

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(() => place.MigrateAsync(MigrationPhase.Backfill));

        Assert.Equal("22P02", failed.SqlState);
        Assert.DoesNotContain("hunter2", failed.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", await place.AskSupabaseAsync<string>("select coalesce(string_agg(to_jsonb(m)::text, ''), '') from dualdb.migrations m"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_tells_others_of_changes_is_not_left_behind_in_silence()
    {
        await using var place = await WishPlace.CreateAsync(servers, rows: 5, batch: 20);
        await place.AskNeonAsync<object?>("create publication feed for table shop.wishes; create function hook() returns trigger language plpgsql as 'begin return null; end'; create trigger hook after insert on shop.wishes for each row execute function hook(); create trigger stamp before update on shop.wishes for each row execute function hook(); alter table shop.wishes disable trigger stamp");

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(() => place.MigrateAsync(MigrationPhase.Backfill));
        Assert.Contains("(publication feed, trigger hook)", failed.Message, StringComparison.Ordinal);
        Assert.Equal(0, await place.AskNeonAsync<long>("select count(*) from pg_trigger where tgname like 'dualdb%'"));

        await place.AskSupabaseAsync<object?>("create publication feed for all tables");
        Assert.Contains("(trigger hook)", (await Assert.ThrowsAsync<MigrationFailedException>(() => place.MigrateAsync(MigrationPhase.Backfill))).Message, StringComparison.Ordinal);

        place.Write(WishPlace.Copy, "-- phase: backfill\n-- accept: left-captures nobody listens any more\n-- move: shop.wishes\n-- down: none");
        await place.MigrateAsync(MigrationPhase.Switch);
        Assert.Equal(5, await place.AskSupabaseAsync<long>("select count(*) from shop.wishes"));
    }

    [Theory]
    [InlineData(Database.Neon)]
    [InlineData(Database.Supabase)]
    public async Task Table_that_the_synchronisation_only_writes_to_is_not_moved_either(Database database)
    {
        await using var place = await WishPlace.CreateAsync(servers, rows: 5, batch: 20);
        await place.AskAsync<object?>(database, "create schema dualdb; create table dualdb.sync_maps (id bigint, source smallint, map text, target_schema text, target_table text); insert into dualdb.sync_maps values (1, 1, 'wishes', 'shop', 'wishes')");

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(() => place.MigrateAsync(MigrationPhase.Backfill));

        Assert.Contains("is synchronised with another table", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Last_rows_that_are_refused_let_the_old_table_take_writes_again()
    {
        await using var place = await WishPlace.CreateAsync(servers, rows: 5, batch: 20);
        await place.MigrateAsync(MigrationPhase.Backfill);

        // Behind the comparison, and before writes are stopped.
        void Interfere(string point)
        {
            if (point == "rows compared")
            {
                Run(place.Supabase, "alter table shop.wishes add constraint small check (slot < 100) not valid");
                Run(place.Neon, "insert into shop.wishes (slot, text) values (777, 'last')");
            }
        }

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(() => place.MigrateAsync(MigrationPhase.Switch, options => options.Probe = Interfere));

        Assert.Equal("23514", failed.SqlState);
        Assert.Null(await place.WriteRowAsync(Database.Neon, "update shop.wishes set text = 'goes on' where slot = 777"));
        Assert.Equal("55000", (await place.WriteRowAsync(Database.Supabase, "delete from shop.wishes"))?.SqlState);
        await place.AskSupabaseAsync<object?>("alter table shop.wishes drop constraint small; select null");
        await place.MigrateAsync(MigrationPhase.Switch);
        Assert.Equal("goes on", await place.AskSupabaseAsync<string>("select text from shop.wishes where slot = 777"));
    }

    [Fact]
    public async Task Move_is_undone_with_the_run_that_fails_behind_it()
    {
        await using var place = await WishPlace.CreateAsync(servers, rows: 30, batch: 7);
        place.Write("neon/20260301T1002_fails", $"-- requires: {WishPlace.Switch}\n-- phase: switch\nselect nothing;\n-- down: none");

        await Assert.ThrowsAsync<MigrationFailedException>(() => place.MigrateAsync(MigrationPhase.Switch, static options => options.OnFailure = MigrationFailurePolicy.Compensate));

        Assert.True(await place.AskSupabaseAsync<bool>("select to_regclass('shop.wishes') is null and not exists (select from dualdb.moved_tables)"));
        Assert.Equal(0, await place.AskNeonAsync<long>("select count(*) from pg_trigger where tgrelid = 'shop.wishes'::regclass"));
        Assert.Null(await place.WriteRowAsync(Database.Neon, "update shop.wishes set text = 'goes on'"));
    }

    /// <summary>Keys are put into an order by the database that they come from, and names are written as they are.</summary>
    [Fact]
    public async Task Keys_of_several_columns_and_names_in_quotes_are_no_other_matter()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        const string Name = "\"My Shop\".\"Old \"\"Gifts\"";
        const string Columns = "(\"Part\" text, made date, \"a \"\"b\"\"\" text, n integer generated always as (length(\"Part\")) stored, primary key (\"Part\", made))";
        await place.AskNeonAsync<object?>(
            $"create schema \"My Shop\"; create table {Name} {Columns}; "
            + $"insert into {Name} select p || i % 4, date '2026-01-01' + i, 'x' from generate_series(1, 40) i, unnest(array['', ' ', 'a', 'A', 'ä', 'É', '''', 'z,\\', '\"', '(']) p; select null");
        place.Write("supabase/20260301T1000_gifts", $"create table public.gifts {Columns};")
            .Write("supabase/20260301T1001_copy", $"-- phase: backfill\n-- move: {Name} to public.gifts\n-- batch: 37")
            .Write("supabase/20260301T1002_switch", $"-- phase: switch\n-- move: {Name} to public.gifts")
            .Write("neon/20260301T1003_contract", $"-- requires: supabase/20260301T1002_switch\n-- phase: contract\n-- move: {Name} to public.gifts\nselect 1;");
        await place.MigrateAsync(MigrationPhase.Backfill);
        await place.AskNeonAsync<object?>($"update {Name} set \"Part\" = 'B' || \"Part\", \"a \"\"b\"\"\" = 'y' where \"Part\" < 'a1'; delete from {Name} where made < '2026-01-04'; select null");

        await place.Runner().MigrateAsync(TestContext.Current.CancellationToken);

        Assert.Equal(await place.AskNeonAsync<string>(Rows(Name)), await place.AskSupabaseAsync<string>(Rows("public.gifts")));
        Assert.Equal(380, await place.AskSupabaseAsync<long>("select count(*) from gifts"));
        Assert.Equal($"{Name} was moved to Supabase, and takes no more writes in Neon.", (await place.WriteRowAsync(Database.Neon, $"delete from {Name}"))?.MessageText);

        static string Rows(string table) => $"select md5(string_agg(g::text, '' order by g::text collate \"C\")) from {table} g";
    }

    [Fact]
    public async Task Old_table_is_not_dropped_where_something_was_written_since()
    {
        await using var place = await WishPlace.CreateAsync(servers, rows: 5, batch: 20);
        await place.MigrateAsync(MigrationPhase.Switch);
        await place.AskNeonAsync<object?>("begin; select set_config('dualdb.moving', 'on', true); update shop.wishes set text = 'lost' where id = 2; commit; select null");

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(() => place.MigrateAsync(MigrationPhase.Contract));
        Assert.Contains("1 writes came to shop.wishes in Neon after the switch", failed.Message, StringComparison.Ordinal);
        Assert.Contains("***", failed.Message, StringComparison.Ordinal);

        await place.AskNeonAsync<object?>("drop trigger dualdb_moved on shop.wishes; select null");
        Assert.Contains("takes writes again", (await Assert.ThrowsAsync<MigrationFailedException>(() => place.MigrateAsync(MigrationPhase.Contract))).Message, StringComparison.Ordinal);
        Assert.Equal(5, await place.AskNeonAsync<long>("select count(*) from shop.wishes"));
    }

    [Theory]
    [InlineData("alter table shop.wishes add column more text", Database.Supabase, "Neon lacks the columns more")]
    [InlineData("alter table shop.wishes add column more text", Database.Neon, "Supabase lacks the columns more")]
    [InlineData("insert into shop.wishes (slot) values (1)", Database.Supabase, "holds rows already")]
    [InlineData("drop table shop.wishes", Database.Neon, "Neon has no table shop.wishes")]
    [InlineData("alter table shop.wishes drop constraint wishes_pkey", Database.Neon, "has no primary key")]
    [InlineData("alter table shop.wishes add check (id <> 3)", Database.Supabase, "23514")]
    public async Task What_cannot_be_copied_is_refused(string change, Database database, string told)
    {
        await using var place = await WishPlace.CreateAsync(servers, rows: 5, batch: 2);
        await place.MigrateAsync(MigrationPhase.Expand);
        await place.AskAsync<object?>(database, change + "; select null");

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(() => place.MigrateAsync(MigrationPhase.Switch));

        Assert.Contains(told, failed.Message, StringComparison.Ordinal);
        Assert.Contains("shop.wishes from Neon to Supabase", failed.Message, StringComparison.Ordinal);
        Assert.Equal(WishPlace.Copy, failed.Id.ToString());
    }

    private static void Run(string connectionString, string sql)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static async Task DownAsync(MigrationPlace place, int steps)
    {
        var runner = place.Runner();
        await runner.DownAsync(await runner.PlanDownAsync(steps, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
    }

    private static async Task<string?> CrashAsync(MigrationPlace place, Running.CrashProbe probe)
    {
        try
        {
            await place.MigrateAsync(MigrationPhase.Switch, options => options.Probe = probe.Reach);
        }
        catch (Exception) when (probe.CrashedAt is not null)
        {
            // Also one that was wrapped on its way.
        }

        return probe.CrashedAt;
    }
}
