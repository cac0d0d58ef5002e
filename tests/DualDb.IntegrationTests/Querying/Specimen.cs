using System.Text.Json;

namespace DualDb.IntegrationTests.Querying;

/// <summary>A row with a column of each kind that conditions are made on.</summary>
[Supabase("specimens")]
public sealed partial record Specimen
{
    [Key]
    public required long Id { get; init; }

    public required string Name { get; init; }

    public string? Note { get; init; }

    public int Count { get; init; }

    public int? Rank { get; init; }

    public decimal Price { get; init; }

    public decimal? Discount { get; init; }

    public double Weight { get; init; }

    public double? Height { get; init; }

    public float Ratio { get; init; }

    public bool IsActive { get; init; }

    public bool? IsChecked { get; init; }

    public Guid Code { get; init; }

    public DateTimeOffset SeenAt { get; init; }

    public DateTimeOffset? SoldAt { get; init; }

    public DateOnly? Born { get; init; }

    public TimeOnly? Opens { get; init; }

    public TimeSpan? Lasts { get; init; }

    public DayOfWeek Weekday { get; init; }

    [StoredAsText]
    public DayOfWeek? Named { get; init; }

    public byte[]? Bytes { get; init; }

    public string[]? Tags { get; init; }

    public List<int?>? Marks { get; init; }

    public JsonElement? Details { get; init; }
}
