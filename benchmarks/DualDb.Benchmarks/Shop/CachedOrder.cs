namespace DualDb.Benchmarks.Shop;

/// <summary>The same rows as <see cref="Order"/>, cached.</summary>
[Neon("orders", Schema = "bench", Set = "CachedOrders"), CachedFor(minutes: 60)]
public sealed partial record CachedOrder
{
    [Key(Generated = true)] public long Id { get; init; }
    [References<Profile>] public required Guid UserId { get; init; }
    public required OrderStatus Status { get; init; }
    public required decimal Total { get; init; }
    public required double Weight { get; init; }
    public string? Note { get; init; }
    public required DateTime PlacedAt { get; init; }
    public required int Items { get; init; }
}

/// <summary>A user and their orders, cached.</summary>
/// <param name="User">The root, in Supabase.</param>
/// <param name="Orders">In Neon.</param>
[UnifiedView(Set = "CachedHistories"), CachedFor(minutes: 60)]
public sealed partial record CachedHistory(Profile User, IReadOnlyList<CachedOrder> Orders);

/// <summary>A row as the payload competes: eight columns as an order of a shop has them.</summary>
[Neon("payloads", Schema = "bench"), CachedFor(minutes: 60)]
public sealed partial record Payload
{
    [Key] public required long Id { get; init; }
    public required Guid UserId { get; init; }
    public required OrderStatus Status { get; init; }
    public required decimal Total { get; init; }
    public required string Note { get; init; }
    public required DateTimeOffset PlacedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required int Version { get; init; }
}
