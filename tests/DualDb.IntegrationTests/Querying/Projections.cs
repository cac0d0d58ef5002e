using System.Text.Json;

namespace DualDb.IntegrationTests.Querying;

/// <summary>A positional record of some columns.</summary>
[Projection<Specimen>]
public sealed partial record SpecimenSummary(long Id, string Name, int? Rank, DayOfWeek? Named);

/// <summary>A class with settable members, wider types, and one member of its own.</summary>
[Projection<Specimen>]
public sealed partial class SpecimenRow
{
    public required long Id { get; init; }

    public long Count { get; set; }

    public decimal? Price { get; init; }

    public List<int?>? Marks { get; init; }

    public JsonElement? Details { get; init; }

    [NotMapped]
    public int Place { get; set; }

    public string Shown => $"{Id}: {Count}";
}

/// <summary>A record inside of another type.</summary>
public static partial class Nested
{
    [Projection<Specimen>]
    public partial record Pair(long Id, DateTimeOffset SeenAt);
}
