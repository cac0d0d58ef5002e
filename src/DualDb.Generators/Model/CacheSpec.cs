namespace DualDb.Generators.Model;

/// <summary>How rows of an entity, or a view, are kept: what <c>[CachedFor]</c> says. Times are ticks; null where nothing was said.</summary>
internal sealed record CacheSpec
{
    public required long Duration { get; init; }

    public required bool UsesMemory { get; init; }

    public required bool UsesRedis { get; init; }

    public required long? Jitter { get; init; }

    public required long? Negative { get; init; }

    public required long? FailSafe { get; init; }

    public required long? FailSafeThrottle { get; init; }

    public required long? SoftTimeout { get; init; }

    public required long? HardTimeout { get; init; }

    public required double EagerRefreshAt { get; init; }

    public required int Size { get; init; }

    public required bool Clones { get; init; }

    public required bool IsShared { get; init; }

    public required EquatableArray<string> Tags { get; init; }
}
