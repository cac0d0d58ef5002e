using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using DualDb.Consistency.Json;

namespace DualDb.Consistency.Sync.Verification;

/// <summary>What a comparison found.</summary>
/// <param name="StartedAt">When it began, by this node's clock.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Maps">What was found, by map.</param>
public sealed record VerificationReport(DateTimeOffset StartedAt, TimeSpan Duration, IReadOnlyList<MapVerification> Maps)
{
    /// <summary>What was found of references that cross databases; empty where orphans were not looked for.</summary>
    public IReadOnlyList<ReferenceVerification> References { get; init; } = [];

    /// <summary>Whether both sides are equal, and nothing refers to what the other side does not have.</summary>
    public bool IsConsistent => IsEqual && References.All(static reference => reference.Orphans.Count == 0);

    /// <summary>Whether nothing differs, and all could be compared. Orphans do not count: see <see cref="IsConsistent"/>.</summary>
    public bool IsEqual => Maps.All(static map => map is { Differences.Count: 0, IsPartial: false, Faults.Count: 0 });

    /// <summary>The report as JSON. Keys with a column that the model marks with <see cref="SensitiveAttribute"/> are masked; the rows themselves hold them (<see cref="RowDifference.Key"/>).</summary>
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
            writer.WriteStartArray("references");
            foreach (var reference in References)
            {
                Write(writer, reference);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The report as a table for people: a line per map, and one per row that differs. Masked as <see cref="ToJson"/> masks it.</summary>
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
                text.AppendLine(CultureInfo.InvariantCulture, $"  {KeyOf(map, difference),-40} {Shown(difference.Kind)}{(difference.Reason is { } reason ? $": {reason}" : "")}");
            }
        }

        foreach (var reference in References)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{reference.Reference,-37} {reference.Values,12:N0}   {Verdict(reference)}");
            foreach (var orphan in reference.Orphans)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  {ValueOf(reference, orphan),-40} {orphan.Rows:N0} rows refer to it");
            }
        }

        return text.ToString();
    }

    private static string KeyOf(MapVerification map, RowDifference difference) => map.MasksKeys ? JsonMask.Everything.Apply(difference.Key) : difference.Key;

    private static string ValueOf(ReferenceVerification reference, OrphanedReference orphan) => reference.MasksValues ? JsonMask.Replacement : orphan.Value;

    private static void Write(Utf8JsonWriter writer, ReferenceVerification reference)
    {
        writer.WriteStartObject();
        writer.WriteString("reference", reference.Reference);
        writer.WriteNumber("values", reference.Values);
        writer.WriteBoolean("isPartial", reference.IsPartial);
        writer.WriteBoolean("isConfirmed", reference.IsConfirmed);
        writer.WriteStartArray("orphans");
        foreach (var orphan in reference.Orphans)
        {
            writer.WriteStartObject();
            writer.WriteString("value", ValueOf(reference, orphan));
            writer.WriteNumber("rows", orphan.Rows);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static string Verdict(ReferenceVerification reference)
        => reference.Orphans.Count == 0 ? "all there"
        : $"{reference.Orphans.Count} are missing{(reference.IsPartial ? " at least" : "")}{(reference.IsConfirmed ? "" : ", not confirmed: changes on their way did not arrive")}";

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
            writer.WriteRawValue(KeyOf(map, difference));
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
