using System.Globalization;
using System.Text.Json;

namespace DualDb.Mapping;

/// <summary>The path of PostgreSQL's <c>#&gt;</c>: names of members, and places in arrays, from the end where they are negative.</summary>
internal static class JsonPath
{
    /// <summary>The value at the end of a path; null where there is none.</summary>
    public static JsonElement? Find(JsonElement document, IReadOnlyList<string> path)
    {
        JsonElement? value = document;
        foreach (var step in path)
        {
            value = value is { } parent ? Step(parent, step) : null;
        }

        return value;
    }

    private static JsonElement? Step(JsonElement parent, string step)
    {
        if (parent.ValueKind == JsonValueKind.Object)
        {
            return parent.TryGetProperty(step, out var member) ? member : null; // Of a name that occurs twice the last.
        }

        if (parent.ValueKind != JsonValueKind.Array || !int.TryParse(step, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var place))
        {
            return null;
        }

        var length = parent.GetArrayLength();
        place = place < 0 ? length + place : place;
        return place >= 0 && place < length ? parent[place] : null;
    }
}
