using System.Collections.Concurrent;
using System.Collections.ObjectModel;
using DualDb.Consistency.Events;
using DualDb.Consistency.Events.Dispatching;
using DualDb.Consistency.Tests.Places;
using Microsoft.Extensions.DependencyInjection;

namespace DualDb.Consistency.Tests.Events;

/// <summary>What one lane tells of the ends of its deliveries, and in which order.</summary>
public sealed class LaneTests
{
    private readonly SlotLease _lease = new(slot: 3, token: 1, TimeProvider.System);

    [Fact]
    public async Task What_comes_while_a_failed_key_is_let_go_stays_behind_what_came_before()
    {
        _lease.RenewFrom(TimeProvider.System.GetTimestamp(), TimeSpan.FromMinutes(5));
        await using var services = new ServiceCollection().BuildServiceProvider();
        var failing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var subscription = new PublisherSubscription(new GatedPublisher(failing.Task));
        var run = new DeliveryRun(new EventTargets(null!), new HandlerCall(services.GetRequiredService<IServiceScopeFactory>(), TimeProvider.System), TimeProvider.System);
        var lane = new HandlerLane(subscription, run, new BlockedKeys(), new ConcurrencyLimit(1), TimeProvider.System, TestContext.Current.CancellationToken);
        var ended = new ConcurrentQueue<long>();
        using var ending = new SemaphoreSlim(0);
        using var released = new ManualResetEventSlim();

        lane.Enqueue(Delivery(1, subscription, ended.Enqueue));
        lane.Enqueue(Delivery(2, subscription, number =>
        {
            ending.Release();
            released.Wait();
            ended.Enqueue(number);
        }));
        failing.SetException(new HttpRequestException("the broker is away"));
        await ending.WaitAsync(TestContext.Current.CancellationToken);
        var later = new Thread(() => lane.Enqueue(Delivery(3, subscription, ended.Enqueue)));
        later.Start();
        await Eventually.HoldsAsync(() => later.ThreadState is ThreadState.Stopped or ThreadState.WaitSleepJoin, "the end of the later one, or its waiting");
        released.Set();

        await Eventually.HoldsAsync(() => ended.Count == 3, "all ends");
        Assert.Equal([1L, 2L, 3L], ended);
        await lane.DrainAsync();
    }

    private Delivery Delivery(long number, Subscription subscription, Action<long> end) => new(
        new StoredEvent(number, 3, new PublishedEvent(Guid.CreateVersion7(), "purchase.made", 1, "ada", "{}", DateTimeOffset.UtcNow, Database.Neon, ReadOnlyDictionary<string, string>.Empty, TraceParent: null, TraceState: null)),
        subscription,
        Attempts: 0,
        _lease,
        (_, _) => end(number));

    private sealed class GatedPublisher(Task gate) : IEventPublisher
    {
        public string Name => "gated";

        public Task PublishAsync(PublishedEvent published, CancellationToken cancellationToken) => gate.WaitAsync(cancellationToken);
    }
}
