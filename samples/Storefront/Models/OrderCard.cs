using DualDb;
using DualDb.Consistency.Sync;

namespace Storefront.Models;

#region synchronised
/// <summary>What Supabase's clients see of an order: a row of their own database, kept in step with the one in Neon.</summary>
[Supabase("order_summaries", Schema = "storefront")]
public sealed partial record OrderCard
{
    [Key] public required long Id { get; init; }
    public required Guid UserId { get; init; }
    [StoredAsText] public required OrderStatus Status { get; init; }
    [Column(Type = "numeric(12,2)")] public required decimal Total { get; init; }
}

/// <summary>One way: Neon has the orders. Those that were cancelled are nobody's business.</summary>
[SyncMap<Order, OrderCard>(Name = "order_summaries", Filter = "status <> 'Cancelled'")]
public static class OrderCards;
#endregion
