using DualDb.Consistency.Sync;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Sync;

/// <summary>What is written in the source is in the target.</summary>
public sealed class OneWayTests(ConsistencyServers places)
{
    private const string Row = "select string_agg(item_id || '|' || coalesce(title, '-') || '|' || coalesce(amount::text, '-') || '|' || coalesce(stock::text, '-'), ';' order by item_id) from copies";

    [Fact]
    public async Task Inserts_updates_and_deletes_arrive()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies);
        await place.StartAsync();
        await place.NeonAsync("insert into items values (1, 'one', 1.10, 5, '2026-01-01 00:00Z'), (2, 'two', null, null, null), (3, 'three', 3, 3, now())");
        await place.SettleAsync();
        Assert.Equal("1|one|1.10|5;2|two|-|-;3|three|3.00|3", await place.SupabaseAsync(Row));

        await place.NeonAsync("update items set name = 'ONE', stock = 6 where id = 1; delete from items where id = 2; update items set id = 30 where id = 3");
        await place.SettleAsync();
        Assert.Equal("1|ONE|1.10|6;30|three|3.00|3", await place.SupabaseAsync(Row));
        Assert.Equal(0L, await place.SupabaseAsync("select count(*) from dualdb.change_log"));
    }

    [Fact]
    public async Task A_row_that_the_target_refuses_is_put_aside_and_the_others_go_on()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies + "; alter table copies add unique (title)");
        await place.StartAsync();
        await place.NeonAsync("insert into items select n, case n when 7 then 'same' when 3 then 'same' else 'name ' || n end from generate_series(1, 20) n");
        await place.NeonAsync("update items set stock = 1 where id = 7");
        await place.SettleAsync();
        Assert.Equal(19L, await place.SupabaseAsync("select count(*) from copies"));
        Assert.Equal("7", await place.SupabaseAsync("select string_agg(distinct key, ',') from dualdb.sync_parked"));
        Assert.Contains("copies_title_key", (string)(await place.SupabaseAsync("select error from dualdb.sync_parked order by id limit 1"))!, StringComparison.Ordinal);

        // What was in its way goes away, and it follows by itself.
        await place.NeonAsync("update items set name = 'other' where id = 3");
        await Eventually.HoldsAsync(async () => (long)(await place.SupabaseAsync("select count(*) from dualdb.sync_parked"))! == 0, "an empty list");
        Assert.Equal("same|1", await place.SupabaseAsync("select title || '|' || stock from copies where item_id = 7"));
    }
}
