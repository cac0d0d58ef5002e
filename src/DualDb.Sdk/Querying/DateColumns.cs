using DualDb.Querying;

namespace DualDb;

/// <summary>Parts of points in time, at UTC, and of days. The parts of PostgreSQL's infinities, which .NET has as the first and the last moment, are NULL;
/// the day of an infinity is one itself.</summary>
public static class DateColumns
{
    /// <summary>The year.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <param name="column">The column.</param>
    public static Column<TEntity, int?> Year<TEntity>(this Column<TEntity, DateTimeOffset> column)
        where TEntity : class
        => TimePart.Of(column, "year", static time => time.UtcDateTime.Year);

    /// <inheritdoc cref="Year{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, int?> Year<TEntity>(this Column<TEntity, DateTimeOffset?> column)
        where TEntity : class
        => TimePart.Of(column, "year", static time => time.UtcDateTime.Year);

    /// <inheritdoc cref="Year{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, int?> Year<TEntity>(this Column<TEntity, DateTime> column)
        where TEntity : class
        => TimePart.Of(column, "year", static time => time.Year);

    /// <inheritdoc cref="Year{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, int?> Year<TEntity>(this Column<TEntity, DateTime?> column)
        where TEntity : class
        => TimePart.Of(column, "year", static time => time.Year);

    /// <inheritdoc cref="Year{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, int?> Year<TEntity>(this Column<TEntity, DateOnly> column)
        where TEntity : class
        => TimePart.Of(column, "year", static time => time.Year);

    /// <inheritdoc cref="Year{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, int?> Year<TEntity>(this Column<TEntity, DateOnly?> column)
        where TEntity : class
        => TimePart.Of(column, "year", static time => time.Year);

    /// <summary>The month, from 1 to 12.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <param name="column">The column.</param>
    public static Column<TEntity, int?> Month<TEntity>(this Column<TEntity, DateTimeOffset> column)
        where TEntity : class
        => TimePart.Of(column, "month", static time => time.UtcDateTime.Month);

    /// <inheritdoc cref="Month{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, int?> Month<TEntity>(this Column<TEntity, DateTimeOffset?> column)
        where TEntity : class
        => TimePart.Of(column, "month", static time => time.UtcDateTime.Month);

    /// <inheritdoc cref="Month{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, int?> Month<TEntity>(this Column<TEntity, DateTime> column)
        where TEntity : class
        => TimePart.Of(column, "month", static time => time.Month);

    /// <inheritdoc cref="Month{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, int?> Month<TEntity>(this Column<TEntity, DateTime?> column)
        where TEntity : class
        => TimePart.Of(column, "month", static time => time.Month);

    /// <inheritdoc cref="Month{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, int?> Month<TEntity>(this Column<TEntity, DateOnly> column)
        where TEntity : class
        => TimePart.Of(column, "month", static time => time.Month);

    /// <inheritdoc cref="Month{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, int?> Month<TEntity>(this Column<TEntity, DateOnly?> column)
        where TEntity : class
        => TimePart.Of(column, "month", static time => time.Month);

    /// <summary>The day of the month, from 1.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <param name="column">The column.</param>
    public static Column<TEntity, int?> Day<TEntity>(this Column<TEntity, DateTimeOffset> column)
        where TEntity : class
        => TimePart.Of(column, "day", static time => time.UtcDateTime.Day);

    /// <inheritdoc cref="Day{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, int?> Day<TEntity>(this Column<TEntity, DateTimeOffset?> column)
        where TEntity : class
        => TimePart.Of(column, "day", static time => time.UtcDateTime.Day);

    /// <inheritdoc cref="Day{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, int?> Day<TEntity>(this Column<TEntity, DateTime> column)
        where TEntity : class
        => TimePart.Of(column, "day", static time => time.Day);

    /// <inheritdoc cref="Day{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, int?> Day<TEntity>(this Column<TEntity, DateTime?> column)
        where TEntity : class
        => TimePart.Of(column, "day", static time => time.Day);

    /// <inheritdoc cref="Day{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, int?> Day<TEntity>(this Column<TEntity, DateOnly> column)
        where TEntity : class
        => TimePart.Of(column, "day", static time => time.Day);

    /// <inheritdoc cref="Day{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, int?> Day<TEntity>(this Column<TEntity, DateOnly?> column)
        where TEntity : class
        => TimePart.Of(column, "day", static time => time.Day);

    /// <summary>The day of the week.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <param name="column">The column.</param>
    public static Column<TEntity, DayOfWeek?> DayOfWeek<TEntity>(this Column<TEntity, DateTimeOffset> column)
        where TEntity : class
        => TimePart.WeekdayOf(column, static time => time.UtcDateTime.DayOfWeek);

    /// <inheritdoc cref="DayOfWeek{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, DayOfWeek?> DayOfWeek<TEntity>(this Column<TEntity, DateTimeOffset?> column)
        where TEntity : class
        => TimePart.WeekdayOf(column, static time => time.UtcDateTime.DayOfWeek);

    /// <inheritdoc cref="DayOfWeek{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, DayOfWeek?> DayOfWeek<TEntity>(this Column<TEntity, DateTime> column)
        where TEntity : class
        => TimePart.WeekdayOf(column, static time => time.DayOfWeek);

    /// <inheritdoc cref="DayOfWeek{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, DayOfWeek?> DayOfWeek<TEntity>(this Column<TEntity, DateTime?> column)
        where TEntity : class
        => TimePart.WeekdayOf(column, static time => time.DayOfWeek);

    /// <inheritdoc cref="DayOfWeek{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, DayOfWeek?> DayOfWeek<TEntity>(this Column<TEntity, DateOnly> column)
        where TEntity : class
        => TimePart.WeekdayOf(column, static time => time.DayOfWeek);

    /// <inheritdoc cref="DayOfWeek{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, DayOfWeek?> DayOfWeek<TEntity>(this Column<TEntity, DateOnly?> column)
        where TEntity : class
        => TimePart.WeekdayOf(column, static time => time.DayOfWeek);

    /// <summary>The day.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <param name="column">The column.</param>
    public static Column<TEntity, DateOnly?> Date<TEntity>(this Column<TEntity, DateTimeOffset> column)
        where TEntity : class
        => TimePart.DayOf(column, static time => DateOnly.FromDateTime(time.UtcDateTime));

    /// <inheritdoc cref="Date{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, DateOnly?> Date<TEntity>(this Column<TEntity, DateTimeOffset?> column)
        where TEntity : class
        => TimePart.DayOf(column, static time => DateOnly.FromDateTime(time.UtcDateTime));

    /// <inheritdoc cref="Date{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, DateOnly?> Date<TEntity>(this Column<TEntity, DateTime> column)
        where TEntity : class
        => TimePart.DayOf(column, static time => DateOnly.FromDateTime(time));

    /// <inheritdoc cref="Date{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, DateOnly?> Date<TEntity>(this Column<TEntity, DateTime?> column)
        where TEntity : class
        => TimePart.DayOf(column, static time => DateOnly.FromDateTime(time));
}
