using System.Collections.Concurrent;
using DualDb.Consistency.Events;
using Storefront.Models;

namespace Storefront.Handlers;

/// <summary>
/// Sends a receipt: an effect outside of any database. It may be tried again, and takes the idempotency key along, so that the mail service sends no second one.
/// </summary>
[EventHandler(MaxAttempts = 2, RetryDelayMilliseconds = 10)]
public sealed class SendReceipt(MailService mails) : IEventHandler<OrderPlaced>
{
    public Task HandleAsync(OrderPlaced placed, EventContext context, CancellationToken cancellationToken) => mails.SendAsync(placed, context.IdempotencyKey);
}

/// <summary>Stands in for a mail service, which may be away.</summary>
public sealed class MailService
{
    private readonly ConcurrentDictionary<string, OrderPlaced> _sent = new(StringComparer.Ordinal);

    /// <summary>Whether it can be reached.</summary>
    public bool IsAway { get; set; }

    /// <summary>How many receipts were sent.</summary>
    public int Sent => _sent.Count;

    /// <summary>Sends a receipt, once per key.</summary>
    public Task SendAsync(OrderPlaced placed, string key)
    {
        if (IsAway)
        {
            throw new HttpRequestException("the mail service is away");
        }

        _sent.TryAdd(key, placed);
        return Task.CompletedTask;
    }
}
