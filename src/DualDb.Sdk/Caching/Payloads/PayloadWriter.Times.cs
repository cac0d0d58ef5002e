namespace DualDb.Caching;

// Times, to the tick.
public ref partial struct PayloadWriter
{
    /// <summary>Writes a time without its kind, which the column says.</summary>
    /// <param name="value">The time.</param>
    public void Write(DateTime value) => WriteTicks(value.Ticks - TimeForm.Epoch);

    /// <summary>Writes a point in time; its offset is left out, as PostgreSQL leaves it out.</summary>
    /// <param name="value">The point in time.</param>
    public void Write(DateTimeOffset value) => WriteTicks(value.UtcTicks - TimeForm.Epoch);

    /// <summary>Writes a day: 1 to 4 bytes.</summary>
    /// <param name="value">The day.</param>
    public void Write(DateOnly value) => WriteZigzag(value.DayNumber - TimeForm.EpochDay);

    /// <summary>Writes a time of day.</summary>
    /// <param name="value">The time of day.</param>
    public void Write(TimeOnly value) => WriteTicks(value.Ticks);

    /// <summary>Writes a length of time.</summary>
    /// <param name="value">The length.</param>
    public void Write(TimeSpan value) => WriteTicks(value.Ticks);

    private void WriteTicks(long ticks)
    {
        var microseconds = Math.DivRem(ticks, TimeSpan.TicksPerMicrosecond, out var rest);
        if (rest != 0)
        {
            Write((byte)TimeForm.Ticks);
            WriteFixed(ticks);
            return;
        }

        var milliseconds = Math.DivRem(microseconds, 1_000, out rest);
        if (rest != 0)
        {
            WriteUnits(microseconds, TimeForm.Microseconds);
            return;
        }

        var seconds = Math.DivRem(milliseconds, 1_000, out rest);
        if (rest != 0)
        {
            WriteUnits(milliseconds, TimeForm.Milliseconds);
            return;
        }

        WriteUnits(seconds, TimeForm.Seconds);
    }

    private void WriteUnits(long count, int unit) => WriteVarint(((ulong)((count << 1) ^ (count >> 63)) << 2) | (uint)unit);
}
