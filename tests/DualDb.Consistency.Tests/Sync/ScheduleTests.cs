using System.Collections.Concurrent;
using DualDb.Consistency.Sync;
using DualDb.Consistency.Sync.Running;
using DualDb.Consistency.Tests.Places;
using Microsoft.Extensions.Logging.Abstractions;

namespace DualDb.Consistency.Tests.Sync;

/// <summary>When both sides are compared by themselves.</summary>
public sealed class ScheduleTests(ConsistencyServers places)
{
    /// <summary>Nodes that are started anew more often than both sides are to be compared would never compare them.</summary>
    [Fact]
    public async Task A_node_looks_often_whether_a_comparison_is_due()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies);
        (place.Sync.Options.VerifyEvery, place.Sync.Options.CountEvery) = (TimeSpan.FromDays(1), TimeSpan.FromSeconds(10));
        var clock = new RecordingTime();
        using var stop = new CancellationTokenSource();
        var running = new ScheduledVerification(place.Sync, static () => true, clock, NullLogger.Instance).RunAsync(stop.Token);
        await Eventually.HoldsAsync(() => clock.Periods.Count == 2, "both timers");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)], clock.Periods.Order());
    }

    private sealed class RecordingTime : TimeProvider
    {
        public ConcurrentBag<TimeSpan> Periods { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Periods.Add(period);
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
