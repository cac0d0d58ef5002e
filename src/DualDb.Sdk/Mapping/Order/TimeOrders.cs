namespace DualDb.Mapping;

// PostgreSQL counts microseconds from 2000, and what is finer is lost on the way there, towards that moment. The ends of DateTime
// travel as the infinities.

/// <summary><c>timestamp</c>, <c>timestamptz</c> and <c>date</c>.</summary>
internal sealed class DateTimeOrder : WireOrder<DateTime>
{
    public override int Compare(DateTime left, DateTime right) => Microseconds.Of(left).CompareTo(Microseconds.Of(right));
}

/// <summary><c>timestamptz</c>.</summary>
internal sealed class DateTimeOffsetOrder : WireOrder<DateTimeOffset>
{
    public override int Compare(DateTimeOffset left, DateTimeOffset right)
        => Microseconds.Of(left.UtcDateTime).CompareTo(Microseconds.Of(right.UtcDateTime));
}

/// <summary><c>interval</c>, which is compared as if a day had 24 hours.</summary>
internal sealed class TimeSpanOrder : WireOrder<TimeSpan>
{
    public override int Compare(TimeSpan left, TimeSpan right)
        => (left.Ticks / TimeSpan.TicksPerMicrosecond).CompareTo(right.Ticks / TimeSpan.TicksPerMicrosecond);
}

/// <summary><c>time</c>.</summary>
internal sealed class TimeOnlyOrder : WireOrder<TimeOnly>
{
    public override int Compare(TimeOnly left, TimeOnly right)
        => (left.Ticks / TimeSpan.TicksPerMicrosecond).CompareTo(right.Ticks / TimeSpan.TicksPerMicrosecond);
}

/// <summary>Times as PostgreSQL counts them.</summary>
internal static class Microseconds
{
    private static readonly long Epoch = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    public static long Of(DateTime time)
        => time == DateTime.MaxValue ? long.MaxValue
            : time == DateTime.MinValue ? long.MinValue
            : (time.Ticks - Epoch) / TimeSpan.TicksPerMicrosecond;
}
