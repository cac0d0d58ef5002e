using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DualDb.Consistency.Sync.Verification;

/// <summary>What a comparison found.</summary>
/// <param name="StartedAt">When it began, by this node's clock.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Maps">What was found, by map.</param>
public sealed record VerificationReport(DateTimeOffset StartedAt, TimeSpan Duration, IReadOnlyList<MapVerification> Maps)
{
    /// <summary>Whether nothing differs, and all could be compared.</summary>
    public bool IsEqual => Maps.All(static map => map is { Differences.Count: 0, IsPartial: false, Faults.Count: 0 });

    /// <summary>The report as JSON.</summary>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("startedAt", StartedAt);
            writer.WriteNumber("seconds", Duration.TotalSeconds);
            writer.WriteBoolean("isEqual", IsEqual);
            writer.WriteStartArray("maps");
            foreach (var map in Maps)
            {
                Write(writer, map);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The report as a table for people: a line per map, and one per row that differs.</summary>
    public string ToTable()
    {
        var text = new StringBuilder();
        foreach (var map in Maps)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{map.Map,-24} {map.SourceRows,12:N0} {map.TargetRows,12:N0}   {Verdict(map)}");
            foreach (var fault in map.Faults)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  {fault}");
            }

            foreach (var difference in map.Differences)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  {difference.Key,-40} {Shown(difference.Kind)}{(difference.Reason is { } reason ? $": {reason}" : "")}");
            }
        }

        return text.ToString();
    }

    private static void Write(Utf8JsonWriter writer, MapVerification map)
    {
        writer.WriteStartObject();
        writer.WriteString("map", map.Map);
        writer.WriteNumber("sourceRows", map.SourceRows);
        writer.WriteNumber("targetRows", map.TargetRows);
        writer.WriteNumber("inFlight", map.InFlight);
        writer.WriteBoolean("isPartial", map.IsPartial);
        writer.WriteBoolean("isConfirmed", map.IsConfirmed);
        writer.WriteStartArray("faults");
        foreach (var fault in map.Faults)
        {
            writer.WriteStringValue(fault);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("differences");
        foreach (var difference in map.Differences)
        {
            writer.WriteStartObject();
            writer.WritePropertyName("key");
            writer.WriteRawValue(difference.Key);
            writer.WriteString("kind", Shown(difference.Kind));
            writer.WriteString("reason", difference.Reason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static string Verdict(MapVerification map)
        => map.Differences.Count == 0 && map.Faults.Count == 0 ? "equal"
        : $"{map.Differences.Count} differ{(map.IsPartial ? " at least" : "")}{(map.IsConfirmed ? "" : ", not confirmed: changes on their way did not arrive")}";

    private static string Shown(DifferenceKind kind) => kind switch
    {
        DifferenceKind.MissingInTarget => "missing in the target",
        DifferenceKind.MissingInSource => "missing in the source",
        _ => "different",
    };
}
