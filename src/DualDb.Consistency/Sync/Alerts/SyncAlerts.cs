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

    /// <summary>Tells everybody. Each handler is told one alert after the other, and those of others do not wait for it.</summary>
    internal void Raise(SyncAlert alert, TimeProvider clock, ILogger logger, CancellationToken stopping)
    {
        foreach (var subscription in _subscriptions.Keys)
        {
            subscription.Tell(() => TellAsync(subscription, alert, clock, logger, stopping));
        }
    }

    private static async Task TellAsync(Subscription subscription, SyncAlert alert, TimeProvider clock, ILogger logger, CancellationToken stopping)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, patience.Token);
        try
        {
            // On a thread of its own: one that blocks must be noticed too.
            var token = ending.Token;
            await Task.Run(() => subscription.Handler(alert, token), token).WaitAsync(token).ConfigureAwait(false);
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // The end.
        }
        catch (Exception exception)
        {
            SyncLog.AlertFailed(logger, alert.Kind, exception);
        }
    }

    private sealed class Subscription(SyncAlerts alerts, Func<SyncAlert, CancellationToken, Task> handler) : IDisposable
    {
        private readonly Lock _gate = new();
        private Task _last = Task.CompletedTask;

        public Func<SyncAlert, CancellationToken, Task> Handler => handler;

        public void Tell(Func<Task> tell)
        {
            lock (_gate)
            {
                _last = AfterAsync(_last, tell);
            }
        }

        public void Dispose() => alerts._subscriptions.TryRemove(this, out _);

        private static async Task AfterAsync(Task last, Func<Task> tell)
        {
            await last.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            await tell().ConfigureAwait(false);
        }
    }
}
