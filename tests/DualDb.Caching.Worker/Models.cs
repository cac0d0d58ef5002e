namespace DualDb.Caching.Worker;

/// <summary>What the workers read and write. It stays in memory far longer than they run: only invalidation can make a read right.</summary>
[Neon("items"), CachedFor(minutes: 30)]
internal sealed partial record Item
{
    [Key] public required long Id { get; init; }
    [Unique] public required string Code { get; init; }
    [References<Stand>] public required int StandId { get; init; }
    public required string Name { get; init; }
    [Version] public int Version { get; init; }
}

[Neon("stands"), CachedFor(minutes: 30)]
internal sealed partial record Stand([property: Key] int Id, string Name);

[DualDatabase]
internal partial class WorkerDb;
