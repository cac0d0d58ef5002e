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
        var month = Pair();
        Expect((byte)'-');
        var day = Pair();
        if (_rest is [.., (byte)'C'] || year > 9999)
        {
            throw new OverflowException("The day lies outside of the years 1 to 9999, which .NET can hold.");
        }

        return month is >= 1 and <= 12 && day >= 1 && year >= 1 && (day <= 28 || day <= System.DateTime.DaysInMonth(year, month))
            ? new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified).Ticks
            : throw NotTime();
    }

    public long Clock()
    {
        var hours = Pair();
        Expect((byte)':');
        var minutes = Pair();
        var seconds = 0;
        if (_rest is [(byte)':', ..])
        {
            Expect((byte)':');
            seconds = Pair();
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
        var ticks = Pair() * TimeSpan.TicksPerHour;
        foreach (var unit in (ReadOnlySpan<long>)[TimeSpan.TicksPerMinute, TimeSpan.TicksPerSecond])
        {
            if (_rest is [(byte)':', ..])
            {
                Expect((byte)':');
                ticks += Pair() * unit;
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

        // Seven digits are ticks; PostgreSQL writes six at most.
        var ticks = 0;
        var digits = 1;
        while (digits < _rest.Length && _rest[digits] is >= (byte)'0' and <= (byte)'9')
        {
            ticks = digits <= 7 ? (ticks * 10) + (_rest[digits] - '0') : ticks;
            digits++;
        }

        _rest = _rest[digits..];
        for (; digits <= 7; digits++)
        {
            ticks *= 10;
        }

        return ticks;
    }

    private int Pair()
    {
        var value = _rest.Length >= 2 ? ((_rest[0] - '0') * 10) + (_rest[1] - '0') : -1;
        if (value < 0 || !char.IsAsciiDigit((char)_rest[0]) || !char.IsAsciiDigit((char)_rest[1]))
        {
            throw NotTime();
        }

        _rest = _rest[2..];
        return value;
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
