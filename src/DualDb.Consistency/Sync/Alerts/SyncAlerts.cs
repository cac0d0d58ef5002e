using System.Collections.Concurrent;
using DualDb.Consistency.Sync.Running;
using Microsoft.Extensions.Logging;

namespace DualDb.Consistency.Sync;

/// <summary>
/// Who is told of alerts. Each is raised once when it begins, again every <see cref="SyncOptions.AlertRepeat"/> while it lasts, and once when it is over; those of a direction by the node that carries it. Nothing is carried later because of
/// a handler.
/// </summary>
public sealed class SyncAlerts
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Subscription, bool> _subscriptions = [];

    internal SyncAlerts()
    {
    }

    /// <summary>Has a function called with each alert from now on.</summary>
    /// <param name="handler">The function; as with <see cref="ISyncAlertHandler"/>.</param>
    /// <returns>Ends it when it is disposed of.</returns>
    public IDisposable Subscribe(Func<SyncAlert, CancellationToken, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var subscription = new Subscription(this, handler);
        _subscriptions.TryAdd(subscription, true);
        return subscription;
    }

    /// <inheritdoc cref="Subscribe(Func{SyncAlert, CancellationToken, Task})"/>
    public IDisposable Subscribe(Action<SyncAlert> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Subscribe((alert, _) =>
        {
            handler(alert);
            return Task.CompletedTask;
        });
    }

    internal Task RaiseAsync(SyncAlert alert, TimeProvider clock, ILogger logger, CancellationToken stopping)
        => Task.WhenAll(_subscriptions.Keys.Select(subscription => TellAsync(subscription, alert, clock, logger, stopping)));

    private static async Task TellAsync(Subscription subscription, SyncAlert alert, TimeProvider clock, ILogger logger, CancellationToken stopping)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, patience.Token);
        try
        {
            await subscription.Handler(alert, ending.Token).WaitAsync(ending.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            SyncLog.AlertFailed(logger, alert.Kind, exception);
        }
    }

    private sealed class Subscription(SyncAlerts alerts, Func<SyncAlert, CancellationToken, Task> handler) : IDisposable
    {
        public Func<SyncAlert, CancellationToken, Task> Handler => handler;

        public void Dispose() => alerts._subscriptions.TryRemove(this, out _);
    }
}
