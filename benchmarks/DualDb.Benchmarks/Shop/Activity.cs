namespace DualDb.Benchmarks.Shop;

/// <summary>A row to insert: eight columns, the key made by the database, and no other index.</summary>
[Neon("activities", Schema = "bench")]
public sealed partial record Activity
{
    [Key(Generated = true)] public long Id { get; init; }
    public required Guid UserId { get; init; }
    public required int Kind { get; init; }
    public required string Place { get; init; }
    public required DateTime At { get; init; }
    public required decimal Amount { get; init; }
    public required bool Succeeded { get; init; }
    public string? Device { get; init; }
}
