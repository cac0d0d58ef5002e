using System.Globalization;
using System.Text.Json;

namespace DualDb.Consistency.Json;

/// <content>Dates and times, in the forms of ISO 8601.</content>
public static partial class JsonCodec
{
    // The longest is a TimeSpan: -10675199.02:48:05.4775808
    private const int MaxTimeLength = 32;

    /// <summary>Reads a time of its kind.</summary>
    /// <param name="reader">Stands on it.</param>
    public static DateTime ReadDateTime(ref Utf8JsonReader reader)
        => reader.TokenType == JsonTokenType.String && reader.TryGetDateTime(out var value) ? value : throw Wrong(ref reader, "a time such as 2024-05-06T07:08:09Z");

    /// <summary>Reads a time with its offset.</summary>
    /// <param name="reader">Stands on it.</param>
    public static DateTimeOffset ReadDateTimeOffset(ref Utf8JsonReader reader)
        => reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var value)
            ? value
            : throw Wrong(ref reader, "a time such as 2024-05-06T07:08:09+02:00");

    /// <summary>Reads a date.</summary>
    /// <param name="reader">Stands on it.</param>
    public static DateOnly ReadDateOnly(ref Utf8JsonReader reader)
        => DateOnly.TryParseExact(TextOr(ref reader), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value)
            ? value
            : throw Wrong(ref reader, "a date such as 2024-05-06");

    /// <summary>Reads a time of day.</summary>
    /// <param name="reader">Stands on it.</param>
    public static TimeOnly ReadTimeOnly(ref Utf8JsonReader reader)
        => TimeOnly.TryParse(TextOr(ref reader), CultureInfo.InvariantCulture, out var value) ? value : throw Wrong(ref reader, "a time of day such as 07:08:09");

    /// <summary>Reads a duration.</summary>
    /// <param name="reader">Stands on it.</param>
    public static TimeSpan ReadTimeSpan(ref Utf8JsonReader reader)
        => TimeSpan.TryParseExact(TextOr(ref reader), "c", CultureInfo.InvariantCulture, out var value) ? value : throw Wrong(ref reader, "a duration such as 1.02:03:04");

    /// <summary>Writes a date.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="value">The date.</param>
    public static void Write(Utf8JsonWriter writer, DateOnly value) => Write(writer, value, "O");

    /// <summary>Writes a time of day, to the tick.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="value">The time.</param>
    public static void Write(Utf8JsonWriter writer, TimeOnly value) => Write(writer, value, "O");

    /// <summary>Writes a duration, to the tick.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="value">The duration.</param>
    public static void Write(Utf8JsonWriter writer, TimeSpan value) => Write(writer, value, "c");

    private static void Write<T>(Utf8JsonWriter writer, T value, string format)
        where T : IUtf8SpanFormattable
    {
        Span<byte> text = stackalloc byte[MaxTimeLength];
        _ = value.TryFormat(text, out var written, format, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..written]);
    }
}
