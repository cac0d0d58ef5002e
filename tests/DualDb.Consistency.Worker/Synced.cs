using DualDb.Consistency.Sync;

namespace DualDb.Consistency.Worker;

/// <summary>What both sides write. The name says which write a row is of.</summary>
[Neon("items")]
internal sealed partial record Item
{
    [Key] public long Id { get; init; }
    public required string Name { get; init; }
    public int Amount { get; init; }
}

/// <summary>The same in Supabase.</summary>
[Supabase("copies")]
internal sealed partial record Copy
{
    [Key] public long Id { get; init; }
    public required string Name { get; init; }
    public int Amount { get; init; }
}

[SyncMap<Item, Copy>(Name = "items", Direction = SyncDirection.TwoWay, OnConflict = ConflictPolicy.LastWriterWins)]
internal static class Copies;
