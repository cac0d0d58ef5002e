using System.Text.Json;
using DualDb.Consistency.Sync;
using DualDb.Consistency.Sync.Verification;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Sync;

/// <summary>What differs is found, what is on its way is not taken for a difference, and what was found is repaired.</summary>
public sealed class VerificationTests(ConsistencyServers places)
{
    private const string Unlogged = "begin; set local session_replication_role = replica; ";

    [Fact]
    public async Task Seven_differences_among_thousands_of_rows_are_found_while_writes_go_on_and_repaired()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items + "; insert into items select n, 'name ' || n, n, n, now() from generate_series(1, 30000) n", Maps.Copies);
        place.Sync.Options.BackfillChunk = 10_000;
        await place.StartAsync(static options => options.PageSize = 5000);
        await place.Sync.BackfillAsync();
        await place.SupabaseAsync(Unlogged + """
            delete from copies where item_id in (5, 15000);
            insert into copies (item_id, title) values (-1, 'new'), (99999, 'new');
            update copies set title = 'damaged' where item_id = 77;
            update copies set amount = amount + 0.01 where item_id = 20000;
            update copies set stock = null where item_id = 30000;
            commit
            """);
        using var stopping = new CancellationTokenSource();
        var writing = WriteAsync(place, stopping.Token);
        var report = await place.Sync.VerifyAsync(new VerificationOptions { BlockSize = 1000 });
        await stopping.CancelAsync();
        await writing;

        var map = Assert.Single(report.Maps);
        Assert.Equal(
            ["""{"id": -1} MissingInSource""", """{"id": 15000} MissingInTarget""", """{"id": 20000} Different""", """{"id": 30000} Different""", """{"id": 5} MissingInTarget""", """{"id": 77} Different""", """{"id": 99999} MissingInSource"""],
            map.Differences.Select(static difference => $"{difference.Key} {difference.Kind}"));
        Assert.True(map is { IsConfirmed: true, IsPartial: false, Faults.Count: 0 });
        Assert.False(report.IsEqual);
        Assert.Equal(7, JsonDocument.Parse(report.ToJson()).RootElement.GetProperty("maps")[0].GetProperty("differences").GetArrayLength());
        Assert.Contains("missing in the source", report.ToTable(), StringComparison.Ordinal);

        var planned = await place.Sync.RepairAsync(report, new RepairOptions { DryRun = true, InsertOnly = true });
        Assert.Equal(2, planned.Count(static action => action.Action == "insert"));
        Assert.False((await place.Sync.VerifyAsync()).IsEqual);
        Assert.Equal(2, (await place.Sync.RepairAsync(report)).Count(static action => action.Action == "delete"));
        Assert.True((await place.Sync.VerifyAsync()).IsEqual);
    }

    [Fact]
    public async Task Values_that_are_equal_are_so_in_every_notation()
    {
        const string Columns = "(id text primary key, n numeric, f double precision, j json, c char(5), at timestamptz, part real[], bytes bytea)";
        var map = new SyncMap
        {
            Name = "kinds",
            Source = new SyncTable(Database.Neon, "public", "kinds"),
            Target = new SyncTable(Database.Supabase, "public", "kinds"),
            Columns = [new SyncColumn("id", "id") { IsKey = true }, .. new[] { "n", "f", "j", "c", "at", "part", "bytes" }.Select(static name => new SyncColumn(name, name))],
        };
        await using var place = await SyncPlace.CreateAsync(
            places.Servers,
            [map],
            $"create table kinds {Columns}; insert into kinds values ('a', 1.10, '-0', '{{\"b\": 1}}', 'x', '2026-01-01 00:00+07', '{{1.5,NaN}}', '\\x00'), ('Ä', 'NaN', 'NaN', null, null, null, null, null), ('z', 7, 'Infinity', null, null, null, null, null)",
            $"create table kinds {Columns}; insert into kinds values ('a', 1.1000, 0, '{{ \"b\":1 }}', 'x    ', '2025-12-31 17:00Z', '{{1.5,NaN}}', '\\x00'), ('Ä', 'NaN', 'NaN', null, null, null, null, null), ('z', 7, 'Infinity', null, null, null, null, null)");
        await place.StartAsync();
        var report = await place.Sync.VerifyAsync(new VerificationOptions { BlockSize = 10 });
        Assert.True(report.IsEqual, report.ToTable());

        await place.SupabaseAsync("update kinds set j = '{\"b\": 2}' where id = 'a'");
        Assert.Equal("""{"id": "a"}""", Assert.Single((await place.Sync.VerifyAsync()).Maps[0].Differences).Key);
    }

    [Fact]
    public async Task Key_that_the_model_marks_is_in_no_text_of_the_report()
    {
        var map = new SyncMap
        {
            Name = "people",
            Source = new SyncTable(Database.Neon, "public", "people"),
            Target = new SyncTable(Database.Supabase, "public", "people"),
            Columns = [new SyncColumn("mail", "mail") { IsKey = true, IsSensitive = true }, new SyncColumn("age", "age")],
        };
        const string Create = "create table people (mail text primary key, age int)";
        await using var place = await SyncPlace.CreateAsync(places.Servers, [map], Create + "; insert into people values ('hunter2', 1)", Create);

        var report = await place.Sync.VerifyAsync();

        Assert.Contains("hunter2", Assert.Single(report.Maps[0].Differences).Key, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", report.ToTable(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", report.ToJson(), StringComparison.Ordinal);
        Assert.Equal("***", JsonDocument.Parse(report.ToJson()).RootElement.GetProperty("maps")[0].GetProperty("differences")[0].GetProperty("key").GetString());
    }

    [Fact]
    public async Task A_trigger_that_is_gone_is_told_and_put_back()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies);
        await place.StartAsync();
        await place.NeonAsync("alter table items disable trigger dualdb_change_log_insert; insert into items (id) values (1)");
        var report = await place.Sync.VerifyAsync();
        Assert.Contains("disabled: changes are lost", Assert.Single(report.Maps[0].Faults), StringComparison.Ordinal);
        Assert.Equal(DifferenceKind.MissingInTarget, Assert.Single(report.Maps[0].Differences).Kind);
        await place.Sync.InstallAsync();
        await place.Sync.RepairAsync(report);
        Assert.True((await place.Sync.VerifyAsync()).IsEqual);
    }

    [Fact]
    public async Task A_row_that_was_put_aside_is_told_with_the_reason_and_without_a_node_nothing_is_confirmed()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies + "; alter table copies add check (stock >= 0)");
        await place.StartAsync();
        await place.NeonAsync("insert into items (id, stock) values (1, -1), (2, 2)");
        await place.SettleAsync();
        Assert.Contains("copies_stock_check", Assert.Single((await place.Sync.VerifyAsync()).Maps[0].Differences).Reason, StringComparison.Ordinal);

        await place.StopAsync();
        await place.NeonAsync("insert into items (id) values (3)");
        var report = await place.Sync.VerifyAsync(new VerificationOptions { Patience = TimeSpan.FromMilliseconds(100) });
        Assert.Equal((2, false), (report.Maps[0].Differences.Count, report.Maps[0].IsConfirmed));
    }

    [Fact]
    public async Task Both_sides_are_compared_from_time_to_time_where_that_is_asked_for()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies);
        var node = await place.StartAsync(static options => options.VerifyEvery = TimeSpan.FromSeconds(1));
        await place.NeonAsync("insert into items (id) values (1)");
        await Eventually.HoldsAsync(() => node.Verification.Last is { IsEqual: true }, "a comparison");
        await place.SupabaseAsync("update copies set title = 'damaged'");
        await Eventually.HoldsAsync(() => node.Verification.Last is { IsEqual: false }, "a comparison that finds it");
    }

    [Fact]
    public async Task The_targets_rows_are_taken_where_that_is_asked_for_and_possible()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.TwoWay, ConflictPolicy.LastWriterWins)], Maps.Items, Maps.Copies);
        await place.StartAsync();
        await place.NeonAsync("insert into items (id, name) values (1, 'one'), (2, 'two'), (3, 'three')");
        await place.SettleAsync();
        await place.NeonAsync(Unlogged + "delete from items where id = 1; update items set name = 'damaged' where id = 2; insert into items (id, name) values (4, 'new'); commit");
        var report = await place.Sync.VerifyAsync();
        Assert.Equal(3, report.Maps[0].Differences.Count);
        await place.Sync.RepairAsync(report, new RepairOptions { Truth = RepairTruth.Target });
        Assert.Equal("1 one;2 two;3 three", await place.NeonAsync("select string_agg(id || ' ' || name, ';' order by id) from items"));
        Assert.True((await place.Sync.VerifyAsync()).IsEqual);

        await using var oneWay = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items + "; insert into items (id) values (1)", Maps.Copies);
        await Assert.ThrowsAsync<NotSupportedException>(async () => await oneWay.Sync.RepairAsync(await oneWay.Sync.VerifyAsync(new VerificationOptions { Patience = TimeSpan.Zero }), new RepairOptions { Truth = RepairTruth.Target }));
    }

    [Theory]
    [InlineData(ConflictPolicy.SourcePriority)]
    [InlineData(ConflictPolicy.DeleteWins)]
    [InlineData(ConflictPolicy.Manual)]
    [InlineData(ConflictPolicy.FirstWriterWins)]
    public async Task A_source_that_has_forgotten_rows_gets_them_back_by_a_repair_whatever_the_policy_says(ConflictPolicy policy)
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.TwoWay, policy)], Maps.Items, Maps.Copies);
        await place.StartAsync();
        await place.NeonAsync("insert into items (id, name) values (1, 'one'), (2, 'two')");
        await place.NeonAsync("update items set stock = 2 where id = 2");
        await place.SettleAsync();

        // As after a restore: neither the row is known, nor that it was ever told of; of the other, less was said.
        await place.NeonAsync(Unlogged + "delete from items where id = 1; delete from dualdb.sync_rows where key = '1'; update items set stock = null where id = 2; update dualdb.sync_rows set epoch = 1 where key = '2'; commit");
        var report = await place.Sync.VerifyAsync();
        Assert.Equal(2, report.Maps[0].Differences.Count);
        await place.Sync.RepairAsync(report, new RepairOptions { Truth = RepairTruth.Target });
        await place.SettleAsync();
        const string Expected = "1 one -;2 two 2";
        Assert.Equal(Expected, await place.NeonAsync("select string_agg(id || ' ' || name || ' ' || coalesce(stock::text, '-'), ';' order by id) from items"));
        Assert.Equal(Expected, await place.SupabaseAsync("select string_agg(item_id || ' ' || title || ' ' || coalesce(stock::text, '-'), ';' order by item_id) from copies"));
        Assert.Equal(await place.NeonAsync("select string_agg(epoch::text, ',' order by key) from dualdb.sync_rows"), await place.SupabaseAsync("select string_agg(epoch::text, ',' order by key) from dualdb.sync_rows"));
    }

    private static async Task WriteAsync(SyncPlace place, CancellationToken stopping)
    {
        for (var number = 0; !stopping.IsCancellationRequested; number++)
        {
            await place.NeonAsync($"update items set stock = {number}, amount = {number} where id between {100 + (number % 50)} and {103 + (number % 50)}");
        }
    }
}
