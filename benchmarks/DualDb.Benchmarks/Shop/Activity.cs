namespace DualDb.Benchmarks.Shop;

/// <summary>A row to insert: its key is made by the database, and no other index stands between the competitors and the table.</summary>
[Neon("activities", Schema = "bench")]
public sealed partial record Activity
{
    [Key(Generated = true)] public long Id { get; init; }
    public required Guid UserId { get; init; }
    public required int Kind { get; init; }
    public required string Place { get; init; }
    public required DateTime At { get; init; }
}
