namespace DualDb.Benchmarks.Shop;

/// <summary>One of a million rows to stream.</summary>
[Neon("readings", Schema = "bench")]
public sealed partial record Reading
{
    [Key] public required long Id { get; init; }
    public required double Value { get; init; }
    public required string Place { get; init; }
    public required DateTime TakenAt { get; init; }
}
