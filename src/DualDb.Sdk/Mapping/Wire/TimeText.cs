using System.Globalization;

namespace DualDb.Mapping.Wire;

/// <summary>
/// Days and times as PostgreSQL and PostgREST write them: <c>2026-01-01T02:03:04.5+00:00</c>, with a blank for the T, and short offsets, too.
/// The infinities are the ends of .NET's types, as Npgsql has it.
/// </summary>
internal static class TimeText
{
    private const string Infinity = "infinity";
    private const string MinusInfinity = "-infinity";

    public static DateTimeOffset ReadPoint(ReadOnlySpan<byte> text)
    {
        if (IsInfinite(text, out var isNegative))
        {
            return isNegative ? DateTimeOffset.MinValue : DateTimeOffset.MaxValue;
        }

        var parser = new TimeParser(text);
        var ticks = parser.DateTime();
        var offset = parser.Offset();
        parser.End();
        return new DateTimeOffset(ticks - (offset ?? 0), TimeSpan.Zero);
    }

    /// <summary>A point in time in UTC where the text names an offset, the face of a clock where it names none.</summary>
    public static DateTime ReadTime(ReadOnlySpan<byte> text)
    {
        if (IsInfinite(text, out var isNegative))
        {
            return isNegative ? DateTime.MinValue : DateTime.MaxValue;
        }

        var parser = new TimeParser(text);
        var ticks = parser.DateTime();
        var offset = parser.Offset();
        parser.End();
        return offset is { } given ? new DateTime(ticks - given, DateTimeKind.Utc) : new DateTime(ticks, DateTimeKind.Unspecified);
    }

    public static DateOnly ReadDay(ReadOnlySpan<byte> text)
    {
        if (IsInfinite(text, out var isNegative))
        {
            return isNegative ? DateOnly.MinValue : DateOnly.MaxValue;
        }

        var parser = new TimeParser(text);
        var ticks = parser.Date();
        parser.End();
        return DateOnly.FromDateTime(new DateTime(ticks, DateTimeKind.Unspecified));
    }

    public static TimeOnly ReadTimeOfDay(ReadOnlySpan<byte> text)
    {
        var parser = new TimeParser(text);
        var ticks = parser.Clock();
        parser.End();
        return new TimeOnly(ticks);
    }

    public static string Of(DateTimeOffset value)
        => value.UtcTicks == DateTimeOffset.MaxValue.UtcTicks ? Infinity
            : value.UtcTicks == 0 ? MinusInfinity
            : value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'", CultureInfo.InvariantCulture);

    public static string Of(DateTime value)
        => value.Ticks == DateTime.MaxValue.Ticks ? Infinity
            : value.Ticks == 0 ? MinusInfinity
            : value.ToString(value.Kind == DateTimeKind.Utc ? "yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'" : "yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    public static string Of(DateOnly value)
        => value == DateOnly.MaxValue ? Infinity
            : value == DateOnly.MinValue ? MinusInfinity
            : value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Of(TimeOnly value) => value.ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    private static bool IsInfinite(ReadOnlySpan<byte> text, out bool isNegative)
    {
        isNegative = text is [(byte)'-', ..];
        return text is [.., (byte)'y'] && text.EndsWith("infinity"u8);
    }
}
