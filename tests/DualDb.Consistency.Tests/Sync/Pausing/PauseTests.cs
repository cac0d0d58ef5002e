using System.Collections.Concurrent;
using DualDb.Consistency.Sync;
using DualDb.Consistency.Sync.Running;
using DualDb.Consistency.Tests.Places;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DualDb.Consistency.Tests.Sync.Pausing;

/// <summary>Somebody pauses a map.</summary>
public sealed class PauseTests(ConsistencyServers places)
{
    [Fact]
    public async Task A_map_waits_both_ways_until_it_is_resumed_and_the_others_go_on()
    {
        await using var place = await PausePlace.CreateAsync(places.Servers, SyncDirection.TwoWay);
        await place.StartAsync();

        await place.Sync.PauseAsync("items", "the copy is rebuilt", "ada");
        await place.Sync.PauseAsync("items", "it takes longer", "ada");
        await place.Place.NeonAsync("insert into items (id, name) values (1, 'neon')");
        await place.Place.SupabaseAsync("insert into copies (item_id, title) values (2, 'supabase')");
        await place.NoteArrivesAsync(1);
        var status = await place.Sync.StatusAsync();

        Assert.All(status, static direction => Assert.Equal(("items", "it takes longer", "ada", (string?)null, (DateTimeOffset?)null), Of(Assert.Single(direction.Pauses))));
        Assert.Equal(0, await place.CopiesAsync(1));
        Assert.Equal(0L, await place.Place.NeonAsync("select count(*) from items where id = 2"));
        await Assert.ThrowsAsync<ArgumentException>(() => place.Sync.PauseAsync("nothing", "why", "ada"));
        Assert.True(await place.Sync.ResumeAsync("items", "ada"));
        Assert.False(await place.Sync.ResumeAsync("items", "ada"));
        await place.IsEqualAsync();
        Assert.Equal(2L, await place.Place.NeonAsync("select count(*) from items"));

        static (string, string, string, string?, DateTimeOffset?) Of(MapPause pause) => (pause.Map, pause.Reason, pause.Actor, pause.Table, pause.Until);
    }

    [Fact]
    public async Task A_pause_that_was_given_a_time_ends_by_itself()
    {
        await using var place = await PausePlace.CreateAsync(places.Servers);
        await place.StartAsync();
        await place.Sync.PauseAsync("items", "for a moment", "ada", TimeSpan.FromSeconds(1));
        await place.Place.NeonAsync("insert into items (id) values (1)");
        await Eventually.HoldsAsync(async () => await place.CopiesAsync(1) is 1, "the end of the pause");
        Assert.Equal(0, await place.OpenAsync());
        await place.IsEqualAsync();
    }

    [Fact]
    public async Task What_was_put_aside_is_not_tried_again_while_its_map_is_paused()
    {
        await using var place = await PausePlace.CreateAsync(places.Servers);
        await place.Place.SupabaseAsync("alter table copies add constraint positive check (stock >= 0)");
        await place.StartAsync();
        await place.Place.NeonAsync("insert into items (id, stock) values (1, -1)");
        await Eventually.HoldsAsync(async () => (await place.Sync.ParkedAsync()).Count == 1, "a row that is put aside");

        await place.Sync.PauseAsync("items", "the constraint is replaced", "ada");
        await place.Place.SupabaseAsync("alter table copies drop constraint positive");
        await place.Sync.RetryParkedAsync();
        await place.NoteArrivesAsync(1);
        await place.NoteArrivesAsync(2);
        Assert.Equal(0, await place.CopiesAsync(1));

        await place.Sync.ResumeAsync("items", "ada");
        await Eventually.HoldsAsync(async () => await place.CopiesAsync(1) is 1, "what was put aside");
    }

    [Fact]
    public async Task One_that_lasts_is_told_and_makes_the_health_degraded_until_it_is_over()
    {
        await using var place = await PausePlace.CreateAsync(places.Servers);
        var alerts = new ConcurrentQueue<SyncAlert>();
        var node = await place.StartAsync(static options => options.MaxPause = TimeSpan.FromMilliseconds(200), alerts.Enqueue);

        await place.Sync.PauseAsync("items", "the copy is rebuilt", "ada");
        await Eventually.HoldsAsync(() => alerts.Any(static alert => alert is { Kind: SyncAlertKind.MapPaused, IsResolved: false }), "the alert");
        var told = alerts.First(static alert => alert.Kind == SyncAlertKind.MapPaused);
        Assert.Contains("items is paused by ada: the copy is rebuilt", told.Message, StringComparison.Ordinal);
        Assert.Contains(node.Conditions(), static condition => condition is { Kind: SyncAlertKind.MapPaused, Health: HealthStatus.Degraded });

        await place.Sync.ResumeAsync("items", "ada");
        await Eventually.HoldsAsync(() => alerts.Any(static alert => alert is { Kind: SyncAlertKind.MapPaused, IsResolved: true }), "its end");
        Assert.DoesNotContain(node.Conditions(), static condition => condition.Kind == SyncAlertKind.MapPaused);
    }

    [Fact]
    public async Task Both_sides_are_compared_after_a_pause_where_that_is_asked_for()
    {
        await using var place = await PausePlace.CreateAsync(places.Servers);
        var node = await place.StartAsync(static options => (options.VerifyAfterPause, options.AlertRepeat) = (true, TimeSpan.FromSeconds(1)));
        await place.Place.NeonAsync("insert into items (id, name) values (1, 'a'), (2, 'b')");
        await place.IsEqualAsync();
        await place.Sync.PauseAsync("items", "the copy is rebuilt", "ada");
        await place.Place.SupabaseAsync("delete from copies where item_id = 2");
        Assert.DoesNotContain(node.Conditions(), static condition => condition.Kind == SyncAlertKind.RowsDiffer);

        await place.Sync.ResumeAsync("items", "ada");
        await Eventually.HoldsAsync(() => Differing(node) is not null, "the comparison");
        Assert.Contains("1 rows of items differed when both sides were compared after a pause", Differing(node), StringComparison.Ordinal);

        await place.Sync.RepairAsync(await place.Sync.VerifyAsync());
        await Eventually.HoldsAsync(() => Differing(node) is null, "the comparison after the repair");
        Assert.Equal(0L, await place.Place.SupabaseAsync("select count(*) from dualdb.sync_pauses where compared_at is null"));
        Assert.Equal("false true", await place.Place.SupabaseAsync("select string_agg(distinct is_consistent::text, ' ' order by is_consistent::text) from dualdb.verification_runs where reason = 'pause'"));
    }

    private static string? Differing(SyncService node) => node.Conditions().FirstOrDefault(static condition => condition.Kind == SyncAlertKind.RowsDiffer)?.Words;
}
