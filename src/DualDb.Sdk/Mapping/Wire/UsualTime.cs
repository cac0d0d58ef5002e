namespace DualDb.Mapping.Wire;

/// <summary>
/// Points in time as PostgREST writes them when the server's time zone is UTC: <c>2026-01-01T02:03:04.5+00:00</c>. Lists of rows are full of them, so that
/// they have a way of their own; whatever looks otherwise is <see cref="TimeParser"/>'s to read or to refuse.
/// </summary>
internal static class UsualTime
{
    private const int Seconds = 19;
    private const int OffsetLength = 6;

    public static bool TryRead(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length < Seconds + OffsetLength || !text.EndsWith("+00:00"u8)
            || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':')
        {
            return false;
        }

        var (year, month, day) = ((Pair(text, 0) * 100) + Pair(text, 2), Pair(text, 5), Pair(text, 8));
        var (hour, minute, second) = (Pair(text, 11), Pair(text, 14), Pair(text, 17));
        if ((year | month | day | hour | minute | second) < 0 || year == 0 || month is 0 or > 12 || day == 0 || (day > 28 && day > DateTime.DaysInMonth(year, month)) || hour > 23 || minute > 59 || second > 59
            || !TryReadFraction(text[Seconds..^OffsetLength], out var fraction))
        {
            return false;
        }

        ticks = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks + fraction;
        return true;
    }

    private static bool TryReadFraction(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        if (text[0] != '.' || text.Length is 1 or > 8)
        {
            return false;
        }

        for (var digit = 1; digit <= 7; digit++)
        {
            var value = digit < text.Length ? text[digit] - '0' : 0;
            if ((uint)value > 9)
            {
                return false;
            }

            ticks = (ticks * 10) + value;
        }

        return true;
    }

    // Far below zero where one of the two is no digit.
    private static int Pair(ReadOnlySpan<byte> text, int at)
    {
        var (tens, ones) = (text[at] - '0', text[at + 1] - '0');
        return (uint)tens <= 9 && (uint)ones <= 9 ? (tens * 10) + ones : int.MinValue / 128;
    }
}
