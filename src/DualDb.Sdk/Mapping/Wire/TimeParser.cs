namespace DualDb.Mapping.Wire;

/// <summary>Reads the parts of a day or time, in ticks.</summary>
internal ref struct TimeParser(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;

    public long DateTime()
    {
        var day = Date();
        if (_rest.IsEmpty)
        {
            return day;
        }

        if (_rest[0] is not ((byte)'T' or (byte)' '))
        {
            throw NotTime();
        }

        _rest = _rest[1..];
        return day + Clock();
    }

    public long Date()
    {
        var year = Number(minDigits: 4, maxDigits: 6);
        Expect((byte)'-');
        var month = Number(2, 2);
        Expect((byte)'-');
        var day = Number(2, 2);
        if (_rest.EndsWith("BC"u8) || year > 9999)
        {
            throw new OverflowException("The day lies outside of the years 1 to 9999, which .NET can hold.");
        }

        return month is >= 1 and <= 12 && day >= 1 && year >= 1 && day <= System.DateTime.DaysInMonth(year, month)
            ? new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified).Ticks
            : throw NotTime();
    }

    public long Clock()
    {
        var hours = Number(2, 2);
        Expect((byte)':');
        var minutes = Number(2, 2);
        var seconds = 0;
        if (_rest is [(byte)':', ..])
        {
            Expect((byte)':');
            seconds = Number(2, 2);
        }

        var ticks = (hours * TimeSpan.TicksPerHour) + (minutes * TimeSpan.TicksPerMinute) + (seconds * TimeSpan.TicksPerSecond) + Fraction();
        return hours <= 24 && minutes < 60 && seconds < 61 ? ticks : throw NotTime();
    }

    /// <summary>The offset from UTC; null where none is named.</summary>
    public long? Offset()
    {
        if (_rest is [(byte)'Z'])
        {
            _rest = [];
            return 0;
        }

        if (_rest is not [(byte)'+' or (byte)'-', ..])
        {
            return null;
        }

        var isNegative = _rest[0] == (byte)'-';
        _rest = _rest[1..];
        var ticks = Number(2, 2) * TimeSpan.TicksPerHour;
        foreach (var unit in (ReadOnlySpan<long>)[TimeSpan.TicksPerMinute, TimeSpan.TicksPerSecond])
        {
            if (_rest is [(byte)':', ..])
            {
                Expect((byte)':');
                ticks += Number(2, 2) * unit;
            }
        }

        return isNegative ? -ticks : ticks;
    }

    public readonly void End()
    {
        if (!_rest.IsEmpty)
        {
            throw NotTime();
        }
    }

    private long Fraction()
    {
        if (_rest is not [(byte)'.', ..])
        {
            return 0;
        }

        _rest = _rest[1..];
        var ticks = 0L;
        var unit = TimeSpan.TicksPerSecond;
        while (_rest is [>= (byte)'0' and <= (byte)'9', ..])
        {
            unit /= 10;
            ticks += (_rest[0] - '0') * unit;
            _rest = _rest[1..];
        }

        return ticks;
    }

    private int Number(int minDigits, int maxDigits)
    {
        var value = 0;
        var digits = 0;
        while (digits < maxDigits && digits < _rest.Length && _rest[digits] is >= (byte)'0' and <= (byte)'9')
        {
            value = (value * 10) + (_rest[digits++] - '0');
        }

        _rest = digits >= minDigits ? _rest[digits..] : throw NotTime();
        return value;
    }

    private void Expect(byte separator)
    {
        if (_rest.IsEmpty || _rest[0] != separator)
        {
            throw NotTime();
        }

        _rest = _rest[1..];
    }

    private static FormatException NotTime() => new("The answer holds no day or time in PostgreSQL's ISO style.");
}
