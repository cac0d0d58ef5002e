using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using DualDb.Mapping.Wire;

namespace DualDb.Consistency.Sync.Conflicts;

/// <summary>Merges rows column by column. Values are compared as the texts that PostgreSQL gave them, and numbers added as decimals of any length.</summary>
internal static class RowMerge
{
    public static bool AreEqual(string? left, string? right, IEnumerable<string> columns)
    {
        if (left is null || right is null)
        {
            return left is null && right is null;
        }

        using var leftRow = JsonDocument.Parse(left, DeepJson.Document);
        using var rightRow = JsonDocument.Parse(right, DeepJson.Document);
        return columns.All(column => Same(Text(leftRow.RootElement, column), Text(rightRow.RootElement, column)));
    }

    /// <summary>A row of both.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="counters">Those of them whose changes add up.</param>
    /// <param name="source">The source's row.</param>
    /// <param name="before">The row that the target's writer found; null for none, where it made the row.</param>
    /// <param name="after">The row that it left.</param>
    /// <param name="isTargetLater">Whose value is taken where both have changed one.</param>
    public static string Merge(IEnumerable<string> columns, HashSet<string> counters, string source, string? before, string after, bool isTargetLater)
    {
        using var sourceRow = JsonDocument.Parse(source, DeepJson.Document);
        using var beforeRow = JsonDocument.Parse(before ?? "{}", DeepJson.Document);
        using var afterRow = JsonDocument.Parse(after, DeepJson.Document);
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var column in columns)
            {
                var (mine, theirs, common) = (Text(sourceRow.RootElement, column), Text(afterRow.RootElement, column), Text(beforeRow.RootElement, column));
                writer.WritePropertyName(column);
                writer.WriteRawValue(counters.Contains(column) ? Sum(mine, theirs, common) : Choose(mine, theirs, common, isTargetLater), skipInputValidation: true);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A row with some of another row's columns.</summary>
    /// <param name="row">The row.</param>
    /// <param name="columns">The columns that it is to have.</param>
    /// <param name="chosen">Those of them that are the other one's.</param>
    /// <param name="other">The other row.</param>
    public static string Take(string row, IEnumerable<string> columns, HashSet<string> chosen, string other)
    {
        using var own = JsonDocument.Parse(row, DeepJson.Document);
        using var others = JsonDocument.Parse(other, DeepJson.Document);
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var column in columns)
            {
                writer.WritePropertyName(column);
                writer.WriteRawValue(Text(chosen.Contains(column) ? others.RootElement : own.RootElement, column), skipInputValidation: true);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The row with a version that is higher than those of both others.</summary>
    public static string CountUp(string row, string column, params ReadOnlySpan<string?> others)
    {
        var highest = BigInteger.Zero;
        foreach (var other in others)
        {
            using var document = JsonDocument.Parse(other ?? "{}", DeepJson.Document);
            highest = BigInteger.Max(highest, Number(Text(document.RootElement, column)).Digits);
        }

        using var parsed = JsonDocument.Parse(row, DeepJson.Document);
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var property in parsed.RootElement.EnumerateObject())
            {
                if (!Same(property.Name, column))
                {
                    writer.WritePropertyName(property.Name);
                    writer.WriteRawValue(property.Value.GetRawText(), skipInputValidation: true);
                }
            }

            writer.WritePropertyName(column);
            writer.WriteRawValue((highest + 1).ToString(CultureInfo.InvariantCulture), skipInputValidation: true);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string Choose(string mine, string theirs, string common, bool isTargetLater)
        => Same(theirs, common) ? mine
        : Same(mine, common) ? theirs
        : isTargetLater ? theirs
        : mine;

    // What the target has added is added here. Null counts as nothing, as does a row that was not there: two that make the same row add up both.
    private static string Sum(string mine, string theirs, string common)
    {
        var (left, scaleLeft) = Number(mine);
        var (right, scaleRight) = Number(theirs);
        var (ground, scaleGround) = Number(common);
        var scale = Math.Max(scaleLeft, Math.Max(scaleRight, scaleGround));
        var sum = Scaled(left, scaleLeft, scale) + Scaled(right, scaleRight, scale) - Scaled(ground, scaleGround, scale);
        if (scale == 0)
        {
            return sum.ToString(CultureInfo.InvariantCulture);
        }

        var digits = BigInteger.Abs(sum).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return $"{(sum.Sign < 0 ? "-" : "")}{digits[..^scale]}.{digits[^scale..]}";
    }

    private static (BigInteger Digits, int Scale) Number(string text)
    {
        if (Same(text, "null"))
        {
            return (0, 0);
        }

        var point = text.IndexOf('.', StringComparison.Ordinal);
        return BigInteger.TryParse(point < 0 ? text : text.Remove(point, 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var digits)
            ? (digits, point < 0 ? 0 : text.Length - point - 1)
            : throw new FormatException($"A counter holds {text}, which cannot be added up.");
    }

    private static BigInteger Scaled(BigInteger digits, int from, int to) => digits * BigInteger.Pow(10, to - from);

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.Ordinal);

    private static string Text(JsonElement row, string column) => row.TryGetProperty(column, out var value) ? value.GetRawText() : "null";
}
