using DualDb.Consistency.Sync;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Sync;

/// <summary>Maps that change while changes are on their way.</summary>
public sealed class ShapeTests(ConsistencyServers places)
{
    [Fact]
    public async Task A_node_of_the_version_before_leaves_changes_to_one_of_the_version_that_was_installed()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Without("amount")], Maps.Items, Maps.Copies);
        var older = await place.StartAsync();
        await place.NeonAsync("insert into items (id, name, amount) values (1, 'one', 1)");
        await place.SettleAsync();

        // What the next version installs, while the one before still runs.
        var next = new DatabaseSync(place.Db, new SyncRegistry([Maps.Of(SyncDirection.OneWay)]));
        await next.InstallAsync();
        await place.NeonAsync("insert into items (id, name, amount) values (2, 'two', 2)");
        await Eventually.HoldsAsync(() => older.States.Single().Fault is not null, "the older node to notice");
        var condition = older.Conditions().Single(static condition => condition.Kind == SyncAlertKind.MapsDiffer);
        Assert.Contains("maps that this node does not have, or has in an earlier form: items", condition.Words, StringComparison.Ordinal);
        Assert.Equal("1", await place.SupabaseAsync("select string_agg(item_id::text, ',') from copies"));

        using var newer = new Consistency.Sync.Running.SyncService(next, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        await newer.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(async () => await place.SupabaseAsync("select amount from copies where item_id = 2") is 2m, "the newer node");
        await newer.StopAsync(TestContext.Current.CancellationToken);
        Assert.Empty(await place.Sync.ParkedAsync());
    }

    [Fact]
    public async Task What_is_on_its_way_when_a_map_changes_is_carried_by_the_new_one()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Without("stock")], Maps.Items, Maps.Copies);
        await place.NeonAsync("insert into items (id, name, stock) values (1, 'one', 1)");

        await place.With([Maps.Of(SyncDirection.OneWay)]).InstallAsync();
        await place.StartAsync(maps: [Maps.Of(SyncDirection.OneWay)]);
        await Eventually.HoldsAsync(async () => await place.SupabaseAsync("select title || ' ' || stock from copies") is "one 1", "the new map");
    }

    [Fact]
    public void A_version_stands_for_what_is_copied()
    {
        Assert.Equal(Maps.Of(SyncDirection.OneWay).SchemaVersion, Maps.Of(SyncDirection.TwoWay, ConflictPolicy.Delta).SchemaVersion);
        Assert.NotEqual(Maps.Of(SyncDirection.OneWay).SchemaVersion, Without("stock").SchemaVersion);
        Assert.True(Maps.Of(SyncDirection.OneWay).SchemaVersion > 0);
    }

    private static SyncMap Without(string column)
    {
        var map = Maps.Of(SyncDirection.OneWay);
        return new SyncMap { Name = map.Name, Source = map.Source, Target = map.Target, Columns = [.. map.Columns.Where(candidate => candidate.Target != column)] };
    }
}
