namespace DualDb.Consistency.Tests.Events.Rig;

[Neon("purchases")]
public sealed partial record Purchase
{
    [Key(Generated = true)] public long Id { get; init; }
    public required string Buyer { get; init; }
}

/// <summary>One row per effect of a handler: no key but its own, so that an effect that happens twice is seen twice.</summary>
[Supabase("activities")]
public sealed partial record Activity
{
    [Key(Generated = true)] public long Id { get; init; }
    [Index] public required Guid EventId { get; init; }
    public required string Handler { get; init; }
    public required string Buyer { get; init; }
    public required long Number { get; init; }
}

/// <summary>The same in the other database.</summary>
[Neon("receipts")]
public sealed partial record Receipt
{
    [Key(Generated = true)] public long Id { get; init; }
    [Index] public required Guid EventId { get; init; }
    public required string Buyer { get; init; }
    public required long Number { get; init; }
}
