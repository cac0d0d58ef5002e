namespace DualDb.Benchmarks.Shop;

/// <summary>A row that carries its own key, so that a COPY of it writes the same bytes whoever writes it.</summary>
[Neon("parcels", Schema = "bench")]
public sealed partial record Parcel
{
    [Key] public required Guid Id { get; init; }
    public required long OrderId { get; init; }
    public required decimal Price { get; init; }
    public required int Grams { get; init; }
    public string? Label { get; init; }
    public required DateTime PackedAt { get; init; }
}
