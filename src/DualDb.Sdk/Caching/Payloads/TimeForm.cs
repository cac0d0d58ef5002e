namespace DualDb.Caching;

/// <summary>
/// How times are written: in the largest unit that loses nothing, its number in the two lowest bits. A time of day by the second takes 5
/// bytes, one of this decade as PostgreSQL writes it 7 or 8; only what it could not hold, and the last tick of <see cref="DateTime"/> that
/// stands for <c>infinity</c>, takes 9.
/// </summary>
internal static class TimeForm
{
    public const int Seconds = 0;
    public const int Milliseconds = 1;
    public const int Microseconds = 2;

    /// <summary>All 64 bits of the ticks follow: shifted by the unit and the sign they would not fit.</summary>
    public const int Ticks = 3;

    /// <summary>Points in time are counted from here, because the times of rows lie around it.</summary>
    public static readonly long Epoch = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    /// <summary>Days are counted from here.</summary>
    public static readonly int EpochDay = new DateOnly(2026, 1, 1).DayNumber;
}
