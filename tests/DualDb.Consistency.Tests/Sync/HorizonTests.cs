using DualDb.Consistency.Sync;
using DualDb.Consistency.Tests.Places;
using Npgsql;

namespace DualDb.Consistency.Tests.Sync;

/// <summary>Transactions that stay open hold back their own changes, are seen, and lose nothing.</summary>
public sealed class HorizonTests(ConsistencyServers places)
{
    [Fact]
    public async Task What_commits_late_arrives_late_and_is_not_passed_over()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies);
        var node = await place.StartAsync();
        await using var connection = new NpgsqlConnection(place.Neon);
        await connection.OpenAsync();
        await using var slow = await connection.BeginTransactionAsync();
        await using var first = new NpgsqlCommand("insert into items (id, name) values (1, 'slow')", connection, slow);
        await first.ExecuteNonQueryAsync();

        await place.NeonAsync("insert into items (id, name) values (2, 'quick')");
        await place.SettleAsync();
        Assert.Equal("quick", await place.SupabaseAsync("select string_agg(title, ',') from copies"));
        await Eventually.HoldsAsync(() => node.States.Single().OldestWriter > TimeSpan.FromSeconds(1), "the figure of the open transaction");

        await slow.CommitAsync();
        await place.SettleAsync();
        Assert.Equal("slow,quick", await place.SupabaseAsync("select string_agg(title, ',' order by item_id) from copies"));
        await Eventually.HoldsAsync(() => node.States.Single().OldestWriter < TimeSpan.FromSeconds(1), "the figure after its end");
    }

    [Fact]
    public async Task A_node_whose_position_was_moved_applies_nothing()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies);
        await place.NeonAsync("insert into items (id, name) values (1, 'one')");
        var route = Consistency.Sync.Applying.Route.LeadingFrom(Database.Neon, place.Registry.Maps);
        var feed = new Consistency.Sync.Feeding.SyncFeed(place.Db.Neon, route, parts: 1, part: 0);
        var since = ChangeLog.ChangeLogPosition.Parse((string)(await place.SupabaseAsync("select position from dualdb.sync_positions"))!);
        var owner = Guid.NewGuid();
        await place.SupabaseAsync($"update dualdb.sync_positions set owner = '{owner}'");
        var page = await feed.ReadAsync(since, 10, TestContext.Current.CancellationToken);
        var applier = new Consistency.Sync.Applying.SyncApplier(place.Db.Supabase, TimeSpan.FromSeconds(5));
        var move = new Consistency.Sync.Applying.PositionMove(owner, Database.Neon, 0, since, page.Page.Position, LastChange: null);
        await applier.ApplyAsync(page.Changes, move, TestContext.Current.CancellationToken);
        await place.SupabaseAsync("delete from copies");

        await Assert.ThrowsAsync<Consistency.Sync.Applying.PositionLostException>(() => applier.ApplyAsync(page.Changes, move, TestContext.Current.CancellationToken));
        Assert.Equal(0L, await place.SupabaseAsync("select count(*) from copies"));
    }
}
