using DualDb;
using DualDb.Consistency.Events;

public enum OrderStatus
{
    Pending,
    Paid,
}

[Neon("orders")]
public sealed partial record Order
{
    [Key(Generated = true)]
    public long Id { get; init; }

    [References<Profile>]
    public required Guid UserId { get; init; }

    public required OrderStatus Status { get; init; }

    public required decimal Total { get; init; }

    [CreatedAt]
    public DateTimeOffset CreatedAt { get; init; }

    [Version]
    public int Version { get; init; }
}

[Supabase("profiles")]
public sealed partial record Profile
{
    [Key]
    public required Guid Id { get; init; }

    public required string DisplayName { get; init; }

    public string? City { get; init; }
}

[DualDatabase]
public partial class ShopDb;

[Supabase("activities")]
public sealed partial record Activity
{
    [Key]
    public required Guid EventId { get; init; }

    public required long OrderId { get; init; }

    public required OrderStatus Status { get; init; }
}

[DomainEvent("order.placed")]
public sealed partial record OrderPlaced(long OrderId, OrderStatus Status, IReadOnlyList<decimal> Prices);

public sealed class RecordOrder(ShopDb db) : IEventHandler<OrderPlaced>
{
    public Task HandleAsync(OrderPlaced placed, EventContext context, CancellationToken cancellationToken)
        => db.Activities.InsertAsync(new Activity { EventId = context.EventId, OrderId = placed.OrderId, Status = placed.Status }, context.Supabase, cancellationToken);
}
