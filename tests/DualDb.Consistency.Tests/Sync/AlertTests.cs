using System.Collections.Concurrent;
using DualDb.Consistency.Sync;
using DualDb.Consistency.Sync.Conflicts;
using DualDb.Consistency.Sync.Running;
using DualDb.Consistency.Tests.Places;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DualDb.Consistency.Tests.Sync;

/// <summary>Somebody is told of what is the matter, once, and again when it is over.</summary>
public sealed class AlertTests(ConsistencyServers places)
{
    private readonly ConcurrentQueue<SyncAlert> _alerts = [];

    [Fact]
    public async Task A_direction_that_stops_is_told_and_its_log_that_grows_while_nothing_of_it_is_lost()
    {
        await using var place = await CreateAsync();
        await StartAsync(place, static options => (options.MaxPending, options.Retention) = (2, TimeSpan.Zero));
        await place.NeonAsync("truncate items");
        var stopped = await RaisedAsync(SyncAlertKind.DirectionStopped);
        Assert.Equal(Database.Neon, stopped.Source);
        Assert.Contains("was truncated", stopped.Message, StringComparison.Ordinal);

        await place.NeonAsync("insert into items (id) select generate_series(1, 30)");
        Assert.Contains("More than 2 changes of Neon wait", (await RaisedAsync(SyncAlertKind.LogTooLong)).Message, StringComparison.Ordinal);
        await new ChangeLog.ChangeLogPurge(place.Db.Neon).RunAsync(TimeSpan.Zero, TestContext.Current.CancellationToken);
        Assert.Equal(31L, await place.NeonAsync("select count(*) from dualdb.change_log"));

        await place.Sync.ResumeAsync(Database.Neon);
        await ResolvedAsync(SyncAlertKind.DirectionStopped);
        await ResolvedAsync(SyncAlertKind.LogTooLong);
        Assert.Single(_alerts, static alert => alert is { Kind: SyncAlertKind.DirectionStopped, IsResolved: false });
    }

    [Fact]
    public async Task A_row_that_is_put_aside_is_told_again_while_it_lasts()
    {
        await using var place = await CreateAsync(copies: Maps.Copies + "; alter table copies add check (stock >= 0)");
        await StartAsync(place, static options => options.AlertRepeat = TimeSpan.FromSeconds(1));
        await place.NeonAsync("insert into items (id, stock) values (1, -1)");
        Assert.Contains("1 changes of Neon are put aside", (await RaisedAsync(SyncAlertKind.RowsParked)).Message, StringComparison.Ordinal);
        await Eventually.HoldsAsync(() => _alerts.Count(static alert => alert is { Kind: SyncAlertKind.RowsParked, IsResolved: false }) > 1, "the repetition");
        await place.Sync.DiscardParkedAsync(Assert.Single(await place.Sync.ParkedAsync()));
        await ResolvedAsync(SyncAlertKind.RowsParked);
    }

    [Fact]
    public async Task A_conflict_that_waits_for_a_decision_is_told()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.TwoWay, ConflictPolicy.Manual)], Maps.Items, Maps.Copies);
        await place.NeonAsync("insert into items (id, name) values (1, 'neon')");
        await place.SupabaseAsync("insert into copies (item_id, title) values (1, 'supabase')");
        await StartAsync(place);
        Assert.Equal(Database.Supabase, (await RaisedAsync(SyncAlertKind.ConflictsWait)).Source);
        await place.Sync.Conflicts.ResolveAsync(Assert.Single(await place.Sync.Conflicts.ListAsync(openOnly: true)), ConflictWinner.Source, "ada", "a test");
        await ResolvedAsync(SyncAlertKind.ConflictsWait);
    }

    [Fact]
    public async Task What_all_parts_of_a_direction_see_is_told_once()
    {
        await using var place = await SyncPlace.CreateAsync(
            places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies + "; alter table copies add check (stock >= 0)", static options => options.Parts = 3);
        var node = await StartAsync(place, static options => options.Parts = 3);
        await place.NeonAsync("insert into items (id, stock) values (1, -1)");
        await RaisedAsync(SyncAlertKind.RowsParked);
        var now = place.Sync.Clock.GetTimestamp();
        await Eventually.HoldsAsync(() => node.States.All(state => state.CountedAt > now), "the figures of all parts");
        await place.Sync.DiscardParkedAsync(Assert.Single(await place.Sync.ParkedAsync()));
        await ResolvedAsync(SyncAlertKind.RowsParked);
        Assert.Equal([false, true], _alerts.Where(static alert => alert.Kind == SyncAlertKind.RowsParked).Select(static alert => alert.IsResolved));
    }

    [Fact]
    public async Task Each_trigger_that_is_gone_is_told()
    {
        await using var place = await CreateAsync();
        await place.NeonAsync("drop trigger dualdb_change_log on items; drop trigger dualdb_change_log_truncate on items");
        await StartAsync(place);
        await Eventually.HoldsAsync(() => _alerts.Count(static alert => alert.Kind == SyncAlertKind.CaptureMissing) == 2, "both");
        Assert.Equal(2, _alerts.Where(static alert => alert.Kind == SyncAlertKind.CaptureMissing).DistinctBy(static alert => alert.Message).Count());
    }

    /// <summary>A node that has all maps takes the direction from one that has not: so that it is known who goes on.</summary>
    [Fact]
    public async Task What_lasts_when_another_node_takes_over_is_neither_told_to_be_over_nor_told_again()
    {
        await using var place = await SyncPlace.CreateAsync(
            places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items + "; create table notes (id bigint primary key)", Maps.Copies + "; alter table copies add check (stock >= 0); create table cards (id bigint primary key)");
        SyncMap[] all =
        [
            .. place.Registry.Maps,
            new SyncMap { Name = "cards", Source = new SyncTable(Database.Neon, "public", "notes"), Target = new SyncTable(Database.Supabase, "public", "cards"), Columns = [new SyncColumn("id", "id") { IsKey = true }] },
        ];
        await place.With(all).InstallAsync();
        var first = await StartAsync(place);
        await place.NeonAsync("insert into items (id, stock) values (1, -1)");
        await RaisedAsync(SyncAlertKind.RowsParked);
        await Eventually.HoldsAsync(async () => await place.SupabaseAsync("select count(*) from dualdb.sync_alerts where kind = 'RowsParked'") is 1L, "what is kept of it");

        var second = await place.StartAsync(maps: all, alerts: _alerts.Enqueue);
        await Eventually.HoldsAsync(() => first.States.All(static state => !state.IsHeld) && second.States.All(static state => state is { IsHeld: true, Parked: 1 }), "the other node");
        await place.Sync.DiscardParkedAsync(Assert.Single(await place.Sync.ParkedAsync()));
        await ResolvedAsync(SyncAlertKind.RowsParked);
        Assert.Equal([false, true], _alerts.Where(static alert => alert.Kind == SyncAlertKind.RowsParked).Select(static alert => alert.IsResolved));
        await Eventually.HoldsAsync(async () => await place.SupabaseAsync("select count(*) from dualdb.sync_alerts where kind = 'RowsParked'") is 0L, "the end of what is kept");
    }

    [Fact]
    public async Task Differences_and_counts_are_told()
    {
        await using var place = await CreateAsync();
        await place.SupabaseAsync("insert into copies (item_id) select generate_series(1, 11)");
        await StartAsync(place, static options => options.CountEvery = TimeSpan.FromSeconds(1));
        Assert.Contains("The counts of items differ", (await RaisedAsync(SyncAlertKind.CountsDiffer)).Message, StringComparison.Ordinal);
        Assert.Contains("11 rows differed", (await RaisedAsync(SyncAlertKind.RowsDiffer)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_that_take_long_are_told()
    {
        await using var place = await CreateAsync();
        await StartAsync(place, static options => options.MaxLag = TimeSpan.FromTicks(1));
        await place.NeonAsync("insert into items (id) values (1)");
        await RaisedAsync(SyncAlertKind.LagHigh);
    }

    [Theory]
    [InlineData("drop trigger dualdb_change_log on items", "missing")]
    [InlineData("alter table items disable trigger dualdb_change_log", "disabled")]
    public async Task A_trigger_that_is_gone_is_told_by_alert_and_health_and_comparison(string sql, string expected)
    {
        await using var place = await CreateAsync();
        await place.NeonAsync(sql + "; insert into items (id) values (1)");
        var node = await StartAsync(place);
        Assert.Contains($"The trigger dualdb_change_log of public.items in Neon is {expected}", (await RaisedAsync(SyncAlertKind.CaptureMissing)).Message, StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Unhealthy, node.Conditions().Single(static condition => condition.Kind == SyncAlertKind.CaptureMissing).Health);
        Assert.Contains(expected, Assert.Single((await place.Sync.VerifyAsync()).Maps[0].Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_that_fails_keeps_nobody_else_from_being_told_and_one_that_has_left_is_not()
    {
        await using var place = await CreateAsync();
        var left = 0;
        place.Sync.Alerts.Subscribe(static _ => throw new InvalidOperationException("broken"));
        place.Sync.Alerts.Subscribe(_alerts.Enqueue);
        place.Sync.Alerts.Subscribe(_ => left++).Dispose();
        using var service = new SyncService(place.Sync, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        await service.StartAsync(TestContext.Current.CancellationToken);
        await place.NeonAsync("truncate items");
        await RaisedAsync(SyncAlertKind.DirectionStopped);
        await service.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, left);
    }

    [Fact]
    public async Task A_handler_that_blocks_keeps_nobody_else_from_being_told_and_the_node_from_nothing()
    {
        await using var place = await CreateAsync();
        place.Sync.Options.MaxPending = 2;
        using var release = new ManualResetEventSlim();
        var blocked = 0;
        for (var handlers = 0; handlers < 2; handlers++)
        {
            // Whichever is asked first: a dictionary has no order.
            place.Sync.Alerts.Subscribe(_ =>
            {
                Interlocked.Increment(ref blocked);
                release.Wait(TimeSpan.FromSeconds(60));
            });
            place.Sync.Alerts.Subscribe(_alerts.Enqueue);
        }

        using var service = new SyncService(place.Sync, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        await service.StartAsync(TestContext.Current.CancellationToken);
        await place.NeonAsync("truncate items");
        await Eventually.HoldsAsync(() => _alerts.Count(static alert => alert.Kind == SyncAlertKind.DirectionStopped) == 2 && Volatile.Read(ref blocked) == 2, "the others");
        await place.NeonAsync("insert into items (id) select generate_series(1, 30)");
        await Eventually.HoldsAsync(() => _alerts.Count(static alert => alert.Kind == SyncAlertKind.LogTooLong) == 2, "the next alert");
        Assert.Equal(2, Volatile.Read(ref blocked));
        await service.StopAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        release.Set();
    }

    /// <summary>What a node has found is no longer the case once another one has compared and found nothing.</summary>
    [Fact]
    public async Task Differences_that_another_node_no_longer_finds_are_over()
    {
        await using var place = await CreateAsync();
        await place.StartAsync();
        await place.NeonAsync("insert into items (id) values (1)");
        await place.SettleAsync();
        await place.SupabaseAsync("delete from copies");
        place.Sync.Options.VerifyEvery = TimeSpan.FromSeconds(1);
        var turn = 0;
        var (first, second) = (Scheduled(0), Scheduled(1));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = Task.WhenAll(first.RunAsync(stop.Token), second.RunAsync(stop.Token));
        await Eventually.HoldsAsync(() => SyncCondition.Of(first).Any(static condition => condition.Kind == SyncAlertKind.RowsDiffer), "the difference");
        await place.Sync.RepairAsync(first.Last!);
        Volatile.Write(ref turn, 1);

        await Eventually.HoldsAsync(() => second.Last is { IsEqual: true }, "the other node's comparison");
        await Eventually.HoldsAsync(() => !SyncCondition.Of(first).Any(), "the first node's word");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        ScheduledVerification Scheduled(int number) => new(place.Sync, () => Volatile.Read(ref turn) == number, place.Sync.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
    }

    private Task<SyncPlace> CreateAsync(string copies = Maps.Copies) => SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, copies);

    private Task<SyncService> StartAsync(SyncPlace place, Action<SyncOptions>? configure = null) => place.StartAsync(configure, alerts: _alerts.Enqueue);

    private Task<SyncAlert> RaisedAsync(SyncAlertKind kind) => AlertAsync(kind, isResolved: false);

    private Task ResolvedAsync(SyncAlertKind kind) => AlertAsync(kind, isResolved: true);

    private async Task<SyncAlert> AlertAsync(SyncAlertKind kind, bool isResolved)
    {
        await Eventually.HoldsAsync(() => _alerts.Any(alert => alert.Kind == kind && alert.IsResolved == isResolved), $"{kind}, {(isResolved ? "resolved" : "raised")}");
        return _alerts.First(alert => alert.Kind == kind && alert.IsResolved == isResolved);
    }
}
