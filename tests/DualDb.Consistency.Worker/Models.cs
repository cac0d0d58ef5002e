using DualDb.Consistency.Events;

namespace DualDb.Consistency.Worker;

/// <summary>What buyers buy in the shop. Each buyer's purchases are numbered.</summary>
[Neon("purchases")]
internal sealed partial record Purchase
{
    [Key(Generated = true)] public long Id { get; init; }
    public required string Buyer { get; init; }
    public required long Number { get; init; }
}

/// <summary>What others buy on the market, in the other database, so that both outboxes have something to do.</summary>
[Supabase("market_purchases")]
internal sealed partial record MarketPurchase
{
    [Key(Generated = true)] public long Id { get; init; }
    public required string Buyer { get; init; }
    public required long Number { get; init; }
}

/// <summary>One row per effect of a handler: no key but its own, so that an effect that happens twice is seen twice. In the order of their numbers, effects of one buyer are as they happened.</summary>
[Supabase("activities")]
internal sealed partial record Activity
{
    [Key(Generated = true)] public long Id { get; init; }
    public required Guid EventId { get; init; }
    public required string Buyer { get; init; }
    public required long Number { get; init; }
}

/// <summary>The same in the other database.</summary>
[Neon("receipts")]
internal sealed partial record Receipt
{
    [Key(Generated = true)] public long Id { get; init; }
    public required Guid EventId { get; init; }
    public required string Buyer { get; init; }
    public required long Number { get; init; }
}

[DomainEvent("purchase.made")]
internal sealed partial record PurchaseMade(long Number, string Buyer);

[DualDatabase]
internal partial class WorkerDb;
