using System.Text.Json;

namespace DualDb.Benchmarks.Scorecard;

/// <summary>Reads <c>floors.json</c>.</summary>
internal static class Floors
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    /// <summary>The floors that were copied beside the program.</summary>
    public static IReadOnlyList<Floor> Load() => Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "floors.json")));

    /// <exception cref="JsonException">The text does not list floors.</exception>
    /// <exception cref="InvalidDataException">An id occurs twice, or a floor has not exactly one limit.</exception>
    public static IReadOnlyList<Floor> Parse(string json)
    {
        var floors = JsonSerializer.Deserialize<FloorsFile>(json, Format)!.Floors;
        foreach (var floor in floors)
        {
            if (floor.AtMost is null == floor.AtLeast is null)
            {
                throw new InvalidDataException($"The floor {floor.Id} needs either atMost or atLeast.");
            }
        }

        if (floors.GroupBy(static floor => floor.Id, StringComparer.Ordinal).FirstOrDefault(static group => group.Count() > 1) is { } twice)
        {
            throw new InvalidDataException($"The floor {twice.Key} is listed twice.");
        }

        return floors;
    }

    private sealed record FloorsFile(IReadOnlyList<Floor> Floors);
}
