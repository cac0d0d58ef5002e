using DualDb.Consistency.Sync;

namespace DualDb.Benchmarks.Shop;

/// <summary>A row that Supabase has a copy of: eight columns, and no other index.</summary>
[Neon("followed", Schema = "bench")]
[Sync(To = Database.Supabase, Table = "followed", Schema = "bench", Name = "followed")]
public sealed partial record Followed
{
    [Key] public required long Id { get; init; }
    public required Guid UserId { get; init; }
    public required int Kind { get; init; }
    public required string Place { get; init; }
    public required DateTime At { get; init; }
    public required decimal Amount { get; init; }
    public required bool Succeeded { get; init; }
    public string? Device { get; init; }
}
