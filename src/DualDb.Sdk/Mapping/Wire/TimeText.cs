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

    private static readonly long Epoch = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    public static DateTimeOffset ReadPoint(ReadOnlySpan<byte> text)
    {
        if (UsualTime.TryRead(text, out var usual))
        {
            return new DateTimeOffset(usual, TimeSpan.Zero);
        }

        if (IsInfinite(text, out var isNegative))
        {
            return isNegative ? DateTimeOffset.MinValue : DateTimeOffset.MaxValue;
        }

        var parser = new TimeParser(text);
        var ticks = parser.DateTime();
        var offset = parser.Offset();
        parser.End();
        return new DateTimeOffset(InUtc(ticks, offset ?? 0), TimeSpan.Zero);
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
        return offset is { } given ? new DateTime(InUtc(ticks, given), DateTimeKind.Utc) : new DateTime(ticks, DateTimeKind.Unspecified);
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
        return ticks < TimeSpan.TicksPerDay ? new TimeOnly(ticks) : throw new OverflowException("The time is 24:00:00, the end of the day, which .NET's times of day do not reach.");
    }

    public static string Of(DateTimeOffset value)
        => value.UtcTicks == DateTimeOffset.MaxValue.UtcTicks ? Infinity
            : value.UtcTicks == 0 ? MinusInfinity
            : InMicroseconds(value.UtcDateTime).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'", CultureInfo.InvariantCulture);

    public static string Of(DateTime value)
        => value.Ticks == DateTime.MaxValue.Ticks ? Infinity
            : value.Ticks == 0 ? MinusInfinity
            : InMicroseconds(value).ToString(value.Kind == DateTimeKind.Utc ? "yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'" : "yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    public static string Of(DateOnly value)
        => value == DateOnly.MaxValue ? Infinity
            : value == DateOnly.MinValue ? MinusInfinity
            : value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Of(TimeOnly value) => value.ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    // PostgreSQL counts microseconds from the year 2000, and Npgsql cuts off what is less than one: before that year this leads to a later time.
    private static DateTime InMicroseconds(DateTime value) => value.AddTicks(-((value.Ticks - Epoch) % TimeSpan.TicksPerMicrosecond));

    private static bool IsInfinite(ReadOnlySpan<byte> text, out bool isNegative)
    {
        isNegative = text is [(byte)'-', ..];
        return text is [.., (byte)'y'] && text[(isNegative ? 1 : 0)..].SequenceEqual("infinity"u8);
    }

    // An offset can lead out of the years that .NET has.
    private static long InUtc(long ticks, long offset)
        => ticks - offset is var utc && utc >= 0 && utc <= DateTime.MaxValue.Ticks
            ? utc
            : throw new OverflowException("The time lies outside of the years 1 to 9999 in UTC, which .NET can hold.");
}
