using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace DualDb.Consistency.Events;

/// <summary>
/// The events that the dispatcher of this process has finished, for tests: <c>await db.Events.Delivered.WaitForAsync&lt;OrderCreated&gt;(e => e.OrderId == 7)</c>. The last 1,000 are kept, so that one
/// that was faster than the waiting is found.
/// </summary>
public sealed class DeliveredEvents
{
    private const int Kept = 1000;

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly LinkedList<DeliveredEvent> _kept = [];
    private readonly HashSet<Channel<DeliveredEvent>> _subscribers = [];
    private readonly EventRegistry _registry;
    private readonly TimeProvider _clock;

    internal DeliveredEvents(EventRegistry registry, TimeProvider clock)
    {
        _registry = registry;
        _clock = clock;
    }

    /// <summary>Waits until an event has been given to all its handlers. One whose payload cannot be read is passed over.</summary>
    /// <typeparam name="TEvent">The event.</typeparam>
    /// <param name="match">Which one; null for any.</param>
    /// <param name="timeout">How long to wait; null for 30 seconds.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The event, and how it ended with each handler.</returns>
    /// <exception cref="TimeoutException">None came in time.</exception>
    public async Task<DeliveredEvent<TEvent>> WaitForAsync<TEvent>(Func<TEvent, bool>? match = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
        where TEvent : IDomainEvent<TEvent>
    {
        var type = _registry.Events.OfType<EventType<TEvent>>().FirstOrDefault() ?? new EventType<TEvent>(upgrade: null);
        using var time = new CancellationTokenSource(timeout ?? DefaultTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        try
        {
            await foreach (var delivered in ReadAllAsync(either.Token).ConfigureAwait(false))
            {
                if (TryRead(type, delivered.Published, out var domainEvent) && (match is null || match(domainEvent)))
                {
                    return new DeliveredEvent<TEvent>(domainEvent, delivered);
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Told below.
        }

        cancellationToken.ThrowIfCancellationRequested();
        throw new TimeoutException($"No event '{type.Name}' that matches was delivered in time. Is the dispatcher running in this process, and was the transaction committed?");
    }

    /// <summary>All that are kept, and then all that come, until it is cancelled.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<DeliveredEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<DeliveredEvent>();
        lock (_gate)
        {
            foreach (var kept in _kept)
            {
                channel.Writer.TryWrite(kept);
            }

            _subscribers.Add(channel);
        }

        try
        {
            await foreach (var delivered in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return delivered;
            }
        }
        finally
        {
            lock (_gate)
            {
                _subscribers.Remove(channel);
            }
        }
    }

    // One that no handler could read is none that anybody waits for.
    private static bool TryRead<TEvent>(EventType<TEvent> type, PublishedEvent published, [MaybeNullWhen(false)] out TEvent domainEvent)
        where TEvent : IDomainEvent<TEvent>
    {
        domainEvent = default;
        if (!string.Equals(published.Name, type.Name, StringComparison.Ordinal))
        {
            return false;
        }

        try
        {
            domainEvent = type.Decode(published);
            return true;
        }
        catch (EventPayloadException)
        {
            return false;
        }
    }

    internal void Add(DeliveredEvent delivered)
    {
        lock (_gate)
        {
            _kept.AddLast(delivered);
            if (_kept.Count > Kept)
            {
                _kept.RemoveFirst();
            }

            foreach (var subscriber in _subscribers)
            {
                subscriber.Writer.TryWrite(delivered);
            }
        }
    }
}
