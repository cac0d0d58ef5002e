namespace DualDb.Benchmarks.Shop;

/// <summary>The user that orders belong to, in the other database.</summary>
[Supabase("profiles", Schema = "bench")]
public sealed partial record Profile
{
    [Key] public required Guid Id { get; init; }
    public required string DisplayName { get; init; }
    public string? City { get; init; }
}
