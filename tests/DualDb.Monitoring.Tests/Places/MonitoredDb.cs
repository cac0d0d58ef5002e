using DualDb.Consistency.Sync;

namespace DualDb.Monitoring.Tests.Places;

[Neon("orders")]
[Sync(To = Database.Supabase, Table = "order_copies")]
public sealed partial record Order
{
    [Key] public required Guid Id { get; init; }

    [References<Buyer>]
    public required Guid BuyerId { get; init; }

    public required decimal Total { get; init; }
}

[Supabase("buyers")]
[CachedFor(minutes: 5)]
public sealed partial record Buyer
{
    [Key] public required Guid Id { get; init; }

    public required string Name { get; init; }
}

[UnifiedView]
public sealed partial record OrderView(Order Order, Buyer? Buyer);

/// <summary>The root of these tests.</summary>
[DualDatabase]
public partial class MonitoredDb;
