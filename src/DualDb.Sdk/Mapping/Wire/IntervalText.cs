using System.Globalization;
using System.Text;

namespace DualDb.Mapping.Wire;

/// <summary>Intervals in the style that PostgreSQL writes by default: <c>-1 days +02:03:04.5</c>.</summary>
internal static class IntervalText
{
    /// <summary>Reads an interval without months, whose length would depend on where they begin.</summary>
    public static TimeSpan Read(ReadOnlySpan<byte> text)
    {
        var words = Encoding.UTF8.GetString(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var ticks = words.Length > 0 ? 0L : throw NotInterval();
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i].Contains(':', StringComparison.Ordinal))
            {
                ticks = checked(ticks + Clock(words[i]));
            }
            else if (i + 1 < words.Length && long.TryParse(words[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count))
            {
                ticks = checked(ticks + Unit(words[++i], count));
            }
            else
            {
                throw NotInterval();
            }
        }

        return new TimeSpan(ticks);
    }

    // Days and the time of day apart, as Npgsql writes them, so that both stores keep the same interval.
    public static string Of(TimeSpan value)
    {
        var rest = value.Ticks % TimeSpan.TicksPerDay;
        var clock = new TimeSpan(Math.Abs(rest));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{value.Ticks / TimeSpan.TicksPerDay} days {(rest < 0 ? "-" : "")}{clock:hh\\:mm\\:ss\\.ffffff}");
    }

    private static long Unit(string unit, long count)
        => unit.StartsWith("day", StringComparison.Ordinal) ? checked(count * TimeSpan.TicksPerDay)
            : unit.StartsWith("mon", StringComparison.Ordinal) || unit.StartsWith("year", StringComparison.Ordinal)
                ? throw new InvalidCastException("The interval has months, whose length is not known, so that no TimeSpan can hold it.")
                : throw NotInterval();

    private static long Clock(string text)
    {
        var isNegative = text[0] == '-';
        var parts = (text[0] is '+' or '-' ? text[1..] : text).Split(':');
        if (parts.Length != 3
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            || !decimal.TryParse(parts[2], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            throw NotInterval();
        }

        var ticks = checked((hours * TimeSpan.TicksPerHour) + (minutes * TimeSpan.TicksPerMinute) + (long)(seconds * TimeSpan.TicksPerSecond));
        return isNegative ? -ticks : ticks;
    }

    private static FormatException NotInterval() => new("The answer holds no interval in PostgreSQL's default style.");
}
