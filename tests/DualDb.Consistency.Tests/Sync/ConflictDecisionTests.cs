using DualDb.Consistency.Sync;
using DualDb.Consistency.Sync.Conflicts;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Sync;

/// <summary>Conflicts that operators compare column by column, and decide one by one or all of a kind.</summary>
public sealed class ConflictDecisionTests(ConsistencyServers places)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_images_are_compared_column_by_column_and_merged()
    {
        await using var place = await ConflictsAsync("(1, 'base', 5)", "update items set name = 'neon', stock = 6", "update copies set title = '<b>supabase</b>', stock = 7");
        var conflict = Assert.Single(await place.Sync.Conflicts.ListAsync(openOnly: true, cancellationToken: Token));

        var comparison = place.Sync.Conflicts.Compare(conflict);

        Assert.Equal(["id", "name", "amount", "stock", "at"], comparison.Columns.Select(static column => column.Name));
        Assert.Equal(["name", "stock"], comparison.Columns.Where(static column => column.Differs).Select(static column => column.Name));
        Assert.Equal(("\"neon\"", "\"base\"", "\"<b>supabase</b>\""), (comparison.Columns[1].Source, comparison.Columns[1].TargetBefore, comparison.Columns[1].TargetAfter));
        Assert.Equal("\"name\", \"stock\"", comparison.Pattern);
        Assert.Equal(conflict, await place.Sync.Conflicts.FindAsync(Database.Neon, conflict.Id, Token));
        Assert.Null(await place.Sync.Conflicts.FindAsync(Database.Supabase, conflict.Id, Token));

        await Assert.ThrowsAsync<ArgumentException>(() => place.Sync.Conflicts.MergeAsync(conflict, ["id"], "ada", cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentException>(() => place.Sync.Conflicts.MergeAsync(conflict, ["title"], "ada", cancellationToken: Token));

        // What the source has written since is not taken back by columns that nobody has chosen.
        await place.NeonAsync("update items set amount = 9.50");
        Assert.True(await place.Sync.Conflicts.MergeAsync(conflict, ["name"], "ada", "half of each", Token));
        Assert.False(await place.Sync.Conflicts.MergeAsync(conflict, ["name"], "ada", "half of each", Token));
        await place.SettleAsync();

        Assert.Equal("<b>supabase</b> 6 9.50", await place.NeonAsync("select name || ' ' || stock || ' ' || amount from items"));
        Assert.Equal("<b>supabase</b> 6 9.50", await place.SupabaseAsync("select title || ' ' || stock || ' ' || amount from copies"));
        Assert.Equal("merged ada half of each", await place.NeonAsync("select winner || ' ' || resolved_by || ' ' || reason from dualdb.sync_conflicts"));
    }

    [Fact]
    public async Task All_conflicts_of_one_pattern_are_decided_at_once_and_the_others_stay_open()
    {
        await using var place = await ConflictsAsync(
            string.Join(", ", Enumerable.Range(1, 25).Select(static id => $"({id}, 'base', 1)")),
            "update items set name = 'neon' where id <= 20; update items set stock = 2 where id > 20",
            "update copies set title = 'supabase' where item_id <= 20; update copies set stock = 3 where item_id in (21, 22); delete from copies where item_id > 22");
        var patterns = await place.Sync.Conflicts.PatternsAsync(cancellationToken: Token);
        Assert.Equal([("\"name\"", 20L), ("deleted in the target", 3L), ("\"stock\"", 2L)], patterns.Select(static pattern => (pattern.Pattern, pattern.Count)));

        var seen = new List<StoredConflict>();
        while (await place.Sync.Conflicts.KnownPageAsync(new SyncConflictFilter { Map = "items", OpenOnly = true }, seen.Count == 0 ? null : (Database.Neon, seen[^1].Id), 10, Token) is ({ Count: > 0 } page, _))
        {
            seen.AddRange(page);
        }

        Assert.Equal(25, seen.Select(static conflict => conflict.Id).Distinct().Count());
        Assert.Equal("7", Assert.Single((await place.Sync.Conflicts.KnownPageAsync(new SyncConflictFilter { Key = "7" }, null, 10, Token)).Conflicts).Key);

        Assert.Equal(20, await place.Sync.Conflicts.ResolveAllAsync("items", "\"name\"", ConflictWinner.Merged, "ada", "the web is right", ["name"], Token));
        Assert.Equal(2, await place.Sync.Conflicts.ResolveAllAsync("items", "\"stock\"", ConflictWinner.Source, "ada", cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentException>(() => place.Sync.Conflicts.ResolveAllAsync("items", "deleted in the target", ConflictWinner.Merged, "ada", "no columns", ["name"], Token));
        Assert.Equal(3, await place.Sync.Conflicts.ResolveAllAsync("items", "deleted in the target", ConflictWinner.Target, "ada", "gone is gone", cancellationToken: Token));
        await place.SettleAsync();

        Assert.Empty(await place.Sync.Conflicts.PatternsAsync("items", Token));
        Assert.Equal("supabase 20, base 2", await place.NeonAsync("select string_agg(name || ' ' || count, ', ' order by count desc) from (select name, count(*) from items group by name) n"));
        Assert.Equal("supabase 20, base 2", await place.SupabaseAsync("select string_agg(title || ' ' || count, ', ' order by count desc) from (select title, count(*) from copies group by title) n"));
        Assert.Equal("2", (await place.SupabaseAsync("select count(*) from copies where stock = 2"))!.ToString());
    }

    [Fact]
    public async Task The_database_tells_the_same_differences_as_the_images_column_by_column_and_is_asked_anew_only_where_others_are_open()
    {
        await using var place = await ConflictsAsync("(1, 'base', 5)", "update items set name = 'neon'", "update copies set title = 'supabase'");
        await place.NeonAsync("""
            insert into dualdb.sync_conflicts (map, key, change_id, policy, winner, source_row, target_new)
            select 'items', n::text, n, 'Manual', 'open', source::json, target::json from (values
                (11, '{"id": 11, "name": "a", "amount": 1.0, "stock": 1, "at": null}', '{"id": 11, "name": "a", "amount": 1.00, "stock": 1, "at": null}'),
                (12, '{"id": 12, "name": "a", "amount": 1, "stock": 1, "at": null}', '{"id": 12, "name": "a", "amount": 1, "stock": 1}'),
                (13, '{"id": 13, "name": {"a": [1, 2]}, "amount": 1, "stock": 1, "at": null}', '{"id": 13, "name": {"a": [1, 3]}, "amount": 1, "stock": 1, "at": null}'),
                (14, '{"id": 14, "name": "a", "amount": 1, "stock": 1, "at": null}', '{"id": 14, "at": null, "stock": 1, "amount": 1, "name": "a"}'),
                (15, '{"id": 15, "name": "\u0e01 \"x\"", "stock": 2, "other": 1}', '{"id": 15, "name": "ก \"x\"", "stock": 3, "other": 2}'),
                (16, '{"id": 16, "name": "a"}', null), (17, null, '{"id": 17, "name": "a"}'), (18, null, null)) as v (n, source, target)
            """);
        var shown = (await place.Sync.Conflicts.ListAsync(openOnly: true, cancellationToken: Token)).Select(place.Sync.Conflicts.Compare).CountBy(static comparison => comparison.Pattern).OrderBy(static one => one.Key, StringComparer.Ordinal);

        var patterns = new ConflictPatterns(place.Sync);
        var counted = await patterns.ReadAsync(place.Sync.Of(Database.Neon), Token);

        Assert.Equal(shown.Select(static one => (one.Key, (long)one.Value)), counted.OrderBy(static one => one.Pattern, StringComparer.Ordinal).Select(static one => (one.Pattern, one.Count)));
        Assert.Equal(9, counted.Sum(static one => one.Count));
        Assert.Same(counted, await patterns.ReadAsync(place.Sync.Of(Database.Neon), Token));
        await place.Sync.Conflicts.ResolveAllAsync("items", "deleted in the source", ConflictWinner.Source, "ada", cancellationToken: Token);
        Assert.Equal(7, (await patterns.ReadAsync(place.Sync.Of(Database.Neon), Token)).Sum(static one => one.Count));
    }

    [Fact]
    public async Task Decided_conflicts_are_forgotten_when_they_are_old_and_open_ones_are_not()
    {
        await using var place = await ConflictsAsync("(1, 'base', 1)", "update items set name = 'neon'", "update copies set title = 'supabase'");
        await place.StopAsync();
        await place.NeonAsync("""
            update dualdb.sync_conflicts set at = clock_timestamp() - interval '200 days';
            insert into dualdb.sync_conflicts (at, map, key, change_id, policy, winner) select clock_timestamp() - age * interval '1 day', 'items', age::text, age, 'SourcePriority', 'source' from unnest(array[91, 89]) age
            """);
        await place.StartAsync();
        await Eventually.HoldsAsync(async () => await place.NeonAsync("select string_agg(key, ',' order by key) from dualdb.sync_conflicts") is "1,89", "the old one's end");
    }

    /// <summary>Open conflicts: rows that both sides have written while nobody carried anything.</summary>
    private async Task<SyncPlace> ConflictsAsync(string rows, string inNeon, string inSupabase)
    {
        var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.TwoWay, ConflictPolicy.Manual)], Maps.Items, Maps.Copies);
        await place.StartAsync();
        await place.NeonAsync($"insert into items (id, name, stock) values {rows}");
        await place.SettleAsync();
        await place.StopAsync();
        await place.NeonAsync(inNeon);
        await place.SupabaseAsync(inSupabase);
        await place.StartAsync();
        await place.SettleAsync();
        return place;
    }
}
