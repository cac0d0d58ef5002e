namespace DualDb.Caching;

// Times, to the tick.
public ref partial struct PayloadReader
{
    /// <summary>Reads a time of no kind, as <c>timestamp</c> and <c>date</c> hold it.</summary>
    /// <exception cref="PayloadException">The payload is damaged.</exception>
    public DateTime ReadDateTime() => ReadDateTime(DateTimeKind.Unspecified);

    /// <summary>Reads a time in UTC, as <c>timestamptz</c> holds it.</summary>
    /// <exception cref="PayloadException">The payload is damaged.</exception>
    public DateTime ReadUtcDateTime() => ReadDateTime(DateTimeKind.Utc);

    /// <summary>Reads a point in time, with the offset zero.</summary>
    /// <exception cref="PayloadException">The payload is damaged.</exception>
    public DateTimeOffset ReadDateTimeOffset() => new(ReadDateTime(DateTimeKind.Utc));

    /// <summary>Reads a day.</summary>
    /// <exception cref="PayloadException">The payload is damaged.</exception>
    public DateOnly ReadDateOnly()
    {
        // The bounds are moved, not the number, which could overflow.
        var day = ReadZigzag();
        return day >= -TimeForm.EpochDay && day <= DateOnly.MaxValue.DayNumber - TimeForm.EpochDay
            ? DateOnly.FromDayNumber((int)day + TimeForm.EpochDay)
            : throw PayloadException.OutOfRange("day");
    }

    /// <summary>Reads a time of day.</summary>
    /// <exception cref="PayloadException">The payload is damaged.</exception>
    public TimeOnly ReadTimeOnly()
    {
        var ticks = ReadTicks();
        return ticks is >= 0 and < TimeSpan.TicksPerDay ? new TimeOnly(ticks) : throw PayloadException.OutOfRange("time of day");
    }

    /// <summary>Reads a length of time.</summary>
    /// <exception cref="PayloadException">The payload is damaged.</exception>
    public TimeSpan ReadTimeSpan() => new(ReadTicks());

    private DateTime ReadDateTime(DateTimeKind kind)
    {
        var ticks = ReadTicks();
        return ticks >= -TimeForm.Epoch && ticks <= DateTime.MaxValue.Ticks - TimeForm.Epoch
            ? new DateTime(ticks + TimeForm.Epoch, kind)
            : throw PayloadException.OutOfRange("time");
    }

    private long ReadTicks()
    {
        var value = ReadVarint();
        var unit = (int)(value & 3);
        if (unit == TimeForm.Ticks)
        {
            // The number is in the bytes that follow; in these there is nothing but the unit.
            return value == TimeForm.Ticks ? ReadFixed() : throw PayloadException.OutOfRange("time");
        }

        var zigzag = value >> 2;
        var count = (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
        var size = unit switch
        {
            TimeForm.Seconds => TimeSpan.TicksPerSecond,
            TimeForm.Milliseconds => TimeSpan.TicksPerMillisecond,
            _ => TimeSpan.TicksPerMicrosecond,
        };
        var high = Math.BigMul(count, size, out var ticks);
        return high == ticks >> 63 ? ticks : throw PayloadException.OutOfRange("time");
    }
}
