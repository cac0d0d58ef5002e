using DualDb;

namespace Storefront.Models;

#region readme
[Neon("orders", Schema = "storefront")]
public sealed partial record Order
{
    [Key(Generated = true)] public long Id { get; init; }
    [References<Profile>] public required Guid UserId { get; init; }        // a Neon row that names a Supabase row
    [StoredAsText, Index] public required OrderStatus Status { get; init; }
    [Column(Type = "numeric(12,2)")] public required decimal Total { get; init; }
    public DateOnly? DeliveredOn { get; init; }
    [CreatedAt] public DateTimeOffset CreatedAt { get; init; }
    [UpdatedAt] public DateTimeOffset UpdatedAt { get; init; }
    [Version] public int Version { get; init; }                             // optimistic concurrency
}

public enum OrderStatus { Placed, Paid, Shipped, Delivered, Cancelled }
#endregion
