// A shop whose orders are told of by events: what they hold, who handles them, and the root that dispatches them.

using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading;
using System.Threading.Tasks;
using DualDb;
using DualDb.Consistency.Events;

namespace Ordering;

public enum Channel
{
    Web,
    Shop,
}

public sealed record OrderLine(string Sku, int Quantity, decimal Price, decimal? Discount = null);

[DomainEvent("order.created")]
public sealed partial record OrderCreated(long OrderId, Guid UserId, IReadOnlyList<OrderLine> Lines, Channel Channel = Channel.Web)
{
    public DateTimeOffset At { get; init; } = DateTimeOffset.UnixEpoch;

    [JsonPropertyName("note")]
    public string? Remark { get; init; }

    public int Count => Lines.Count;

    [JsonIgnore]
    public string Shown => "Order " + OrderId;
}

[DomainEvent("order.cancelled", Version = 2)]
public readonly partial record struct OrderCancelled(long OrderId, string Reason) : IUpgradableEvent<OrderCancelled>
{
    static OrderCancelled IUpgradableEvent<OrderCancelled>.Upgrade(int version, JsonElement payload) => new(payload.GetProperty("orderId").GetInt64(), "unknown");
}

[Neon]
public sealed partial record Order([property: Key] long Id, decimal Total);

[Supabase]
public sealed partial record Activity([property: Key] Guid Id, string Text);

[DualDatabase]
public sealed partial class OrderingDb;

public sealed class RecordActivity(OrderingDb db) : IEventHandler<OrderCreated>, IEventHandler<OrderCancelled>
{
    public Task HandleAsync(OrderCreated domainEvent, EventContext context, CancellationToken cancellationToken)
        => db.Activities.InsertAsync(new Activity(context.EventId, "created"), context.Supabase, cancellationToken);

    public Task HandleAsync(OrderCancelled domainEvent, EventContext context, CancellationToken cancellationToken)
        => db.Activities.InsertAsync(new Activity(context.EventId, "cancelled"), context.Supabase, cancellationToken);
}

[EventHandler("send-mail", MaxAttempts = 3, RetryDelayMilliseconds = 50, MaxRetryDelaySeconds = 60, TimeoutSeconds = 5, MaxConcurrency = 2, BatchSize = 1)]
internal sealed class SendMail : IEventHandler<OrderCreated>
{
    public Task HandleAsync(OrderCreated domainEvent, EventContext context, CancellationToken cancellationToken) => Task.CompletedTask;
}
