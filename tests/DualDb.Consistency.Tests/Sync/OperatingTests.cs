using DualDb.Consistency.Sync;
using DualDb.Consistency.Sync.Conflicts;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Sync;

/// <summary>What operators see and do.</summary>
public sealed class OperatingTests(ConsistencyServers places)
{
    [Theory]
    [InlineData(ConflictWinner.Source, null, "neon")]
    [InlineData(ConflictWinner.Target, null, "supabase")]
    [InlineData(ConflictWinner.Merged, """{"id": 1, "name": "both"}""", "both")]
    [InlineData(ConflictWinner.Merged, null, null)]
    public async Task An_open_conflict_is_decided_for_both_sides(ConflictWinner winner, string? row, string? expected)
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.TwoWay, ConflictPolicy.Manual)], Maps.Items, Maps.Copies);
        await place.StartAsync();
        await place.NeonAsync("insert into items (id, name) values (1, 'base')");
        await place.SettleAsync();
        await place.StopAsync();
        await place.NeonAsync("update items set name = 'neon'");
        await place.SupabaseAsync("update copies set title = 'supabase'");
        await place.StartAsync();
        await place.SettleAsync();

        var conflict = Assert.Single(await place.Sync.Conflicts.ListAsync(openOnly: true));
        Assert.Equal((ConflictWinner.Open, "1", ConflictPolicy.Manual), (conflict.Winner, conflict.Key, conflict.Policy));
        Assert.Equal("neon", await place.SupabaseAsync("select title from copies"));
        Assert.True(await place.Sync.Conflicts.ResolveAsync(conflict, winner, "ada", "a test", row));
        Assert.False(await place.Sync.Conflicts.ResolveAsync(conflict, winner, "ada", "a test", row));
        await place.SettleAsync();
        Assert.Equal(expected, await place.NeonAsync("select name from items"));
        Assert.Equal(expected, await place.SupabaseAsync("select title from copies"));
        Assert.Empty(await place.Sync.Conflicts.ListAsync(openOnly: true));
        Assert.Equal("ada", Assert.Single(await place.Sync.Conflicts.ListAsync()).ResolvedBy);
    }

    [Fact]
    public async Task What_is_put_aside_is_listed_tried_again_and_given_up()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies + "; alter table copies add check (stock >= 0)");
        await place.StartAsync();
        await place.NeonAsync("insert into items (id, stock) values (1, -1), (2, -2), (3, 3)");
        await place.SettleAsync();
        var parked = await place.Sync.ParkedAsync();
        Assert.Equal(["1", "2"], parked.Select(static change => change.Key));
        Assert.Equal(2, Assert.Single(await place.Sync.StatusAsync()).Parked);
        Assert.True(await place.Sync.DiscardParkedAsync(parked[0]));
        Assert.False(await place.Sync.DiscardParkedAsync(parked[0]));
        await place.SupabaseAsync("alter table copies drop constraint copies_stock_check");
        await place.Sync.RetryParkedAsync();
        await Eventually.HoldsAsync(async () => (await place.Sync.ParkedAsync()).Count == 0, "an empty list");
        Assert.Equal("2,3", await place.SupabaseAsync("select string_agg(item_id::text, ',' order by item_id) from copies"));
    }

    [Fact]
    public async Task A_table_that_was_truncated_stops_the_direction()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies);
        await place.StartAsync();
        await place.NeonAsync("insert into items (id) values (1)");
        await place.SettleAsync();
        await place.NeonAsync("truncate items");
        await Eventually.HoldsAsync(async () => (await place.Sync.StatusAsync()).Single().Stopped is not null, "the stop");
        Assert.Contains("public.items in Neon was truncated", (await place.Sync.StatusAsync()).Single().Stopped, StringComparison.Ordinal);
        Assert.Equal(1L, await place.SupabaseAsync("select count(*) from copies"));
        await place.Sync.ResumeAsync(Database.Neon);
        await place.NeonAsync("insert into items (id) values (2)");
        await place.SettleAsync();
        await place.Sync.RepairAsync(await place.Sync.VerifyAsync());
        Assert.Equal("2", await place.SupabaseAsync("select string_agg(item_id::text, ',') from copies"));
    }

    [Fact]
    public async Task What_waits_is_counted_and_its_age_is_told()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies);
        await place.NeonAsync("insert into items (id) select generate_series(1, 30)");
        var status = Assert.Single(await place.Sync.StatusAsync());
        Assert.Equal((30, false), (status.Pending, status.IsHeld));
        Assert.True(status.OldestAge > TimeSpan.Zero);
        await place.StartAsync();
        await place.SettleAsync();
        status = Assert.Single(await place.Sync.StatusAsync());
        Assert.Equal((0, true), (status.Pending, status.IsHeld));
    }
}
