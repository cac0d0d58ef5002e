using NpgsqlTypes;

namespace DualDb.Mapping;

// Points in time. PostgreSQL's timestamptz is a point in time, timestamp is the face of a clock; a DateTime says which it is by its kind.
public static partial class ColumnValue
{
    private const string HowToMakeUtc =
        "Use DateTime.UtcNow, call ToUniversalTime(), or say DateTime.SpecifyKind(value, DateTimeKind.Utc) where the value is UTC already.";

    /// <summary>A time for <c>timestamptz</c>.</summary>
    /// <param name="value">The time.</param>
    /// <param name="column">The column.</param>
    /// <exception cref="ColumnValueException">Its kind is not <see cref="DateTimeKind.Utc"/>: what point in time it is would depend on the machine.</exception>
    public static DateTime Utc(DateTime value, string column)
        => value.Kind == DateTimeKind.Utc
            ? value
            : throw new ColumnValueException(column, $"is a timestamptz, but the DateTime has the kind {value.Kind}", HowToMakeUtc);

    /// <summary>
    /// A time that was read from <c>timestamptz</c>. Npgsql says UTC of all but PostgreSQL's infinities, which it turns into the ends of
    /// <see cref="DateTime"/> without a kind; such a row could be read, but not written back.
    /// </summary>
    /// <param name="value">The time.</param>
    public static DateTime ReadUtc(DateTime value) => DateTime.SpecifyKind(value, DateTimeKind.Utc);

    /// <summary>A time for <c>timestamptz</c>, converted to UTC: PostgreSQL keeps no offset.</summary>
    /// <param name="value">The time.</param>
    public static DateTimeOffset Utc(DateTimeOffset value) => value.ToUniversalTime();

    /// <summary>A time for <c>timestamp</c>.</summary>
    /// <param name="value">The time.</param>
    /// <param name="column">The column.</param>
    /// <exception cref="ColumnValueException">Its kind is not <see cref="DateTimeKind.Unspecified"/>: the column could not keep it.</exception>
    public static DateTime Unzoned(DateTime value, string column)
        => value.Kind == DateTimeKind.Unspecified
            ? value
            : throw new ColumnValueException(
                column,
                $"is a timestamp without time zone, but the DateTime has the kind {value.Kind}",
                "Say DateTime.SpecifyKind(value, DateTimeKind.Unspecified), or make the column a timestamptz.");

    /// <summary>A day for <c>date</c>.</summary>
    /// <param name="value">The day.</param>
    /// <param name="column">The column.</param>
    /// <exception cref="ColumnValueException">It has a time of day, which the column would lose.</exception>
    public static DateTime Day(DateTime value, string column)
        => value.TimeOfDay == TimeSpan.Zero
            ? value
            : throw new ColumnValueException(column, "is a date, but the DateTime has a time of day", "Use value.Date, or DateOnly for the member.");

    /// <summary>A range for <c>tstzrange</c>.</summary>
    /// <param name="value">The range.</param>
    /// <param name="column">The column.</param>
    /// <exception cref="ColumnValueException">The kind of a bound is not <see cref="DateTimeKind.Utc"/>.</exception>
    public static NpgsqlRange<DateTime> Utc(NpgsqlRange<DateTime> value, string column)
    {
        CheckBounds(value, column, static (bound, column) => Utc(bound, column));
        return value;
    }

    /// <summary>A range for <c>tstzrange</c>, its bounds converted to UTC.</summary>
    /// <param name="value">The range.</param>
    public static NpgsqlRange<DateTimeOffset> Utc(NpgsqlRange<DateTimeOffset> value)
        => value.IsEmpty
            ? value
            : new NpgsqlRange<DateTimeOffset>(
                value.LowerBoundInfinite ? default : value.LowerBound.ToUniversalTime(),
                value.LowerBoundIsInclusive,
                value.LowerBoundInfinite,
                value.UpperBoundInfinite ? default : value.UpperBound.ToUniversalTime(),
                value.UpperBoundIsInclusive,
                value.UpperBoundInfinite);

    /// <summary>A range for <c>tsrange</c>.</summary>
    /// <param name="value">The range.</param>
    /// <param name="column">The column.</param>
    /// <exception cref="ColumnValueException">The kind of a bound is not <see cref="DateTimeKind.Unspecified"/>.</exception>
    public static NpgsqlRange<DateTime> Unzoned(NpgsqlRange<DateTime> value, string column)
    {
        CheckBounds(value, column, static (bound, column) => Unzoned(bound, column));
        return value;
    }

    private static void CheckBounds(NpgsqlRange<DateTime> value, string column, Action<DateTime, string> check)
    {
        if (value is { IsEmpty: false, LowerBoundInfinite: false })
        {
            check(value.LowerBound, column);
        }

        if (value is { IsEmpty: false, UpperBoundInfinite: false })
        {
            check(value.UpperBound, column);
        }
    }
}
