using DualDb.Querying;

namespace DualDb;

/// <summary>Parts of points in time, at UTC, and of times of day. The parts of PostgreSQL's infinities, which .NET has as the first and the last moment, are NULL.</summary>
public static class TimeColumns
{
    /// <summary>The hour, from 0 to 23.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <param name="column">The column.</param>
    public static Column<TEntity, int?> Hour<TEntity>(this Column<TEntity, DateTimeOffset> column)
        where TEntity : class
        => TimePart.Of(column, "hour", static time => time.UtcDateTime.Hour);

    /// <inheritdoc cref="Hour{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, int?> Hour<TEntity>(this Column<TEntity, DateTimeOffset?> column)
        where TEntity : class
        => TimePart.Of(column, "hour", static time => time.UtcDateTime.Hour);

    /// <inheritdoc cref="Hour{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, int?> Hour<TEntity>(this Column<TEntity, DateTime> column)
        where TEntity : class
        => TimePart.Of(column, "hour", static time => time.Hour);

    /// <inheritdoc cref="Hour{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, int?> Hour<TEntity>(this Column<TEntity, DateTime?> column)
        where TEntity : class
        => TimePart.Of(column, "hour", static time => time.Hour);

    /// <inheritdoc cref="Hour{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, int?> Hour<TEntity>(this Column<TEntity, TimeOnly> column)
        where TEntity : class
        => TimePart.Of(column, "hour", static time => time.Hour);

    /// <inheritdoc cref="Hour{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, int?> Hour<TEntity>(this Column<TEntity, TimeOnly?> column)
        where TEntity : class
        => TimePart.Of(column, "hour", static time => time.Hour);

    /// <summary>The minute, from 0 to 59.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <param name="column">The column.</param>
    public static Column<TEntity, int?> Minute<TEntity>(this Column<TEntity, DateTimeOffset> column)
        where TEntity : class
        => TimePart.Of(column, "minute", static time => time.UtcDateTime.Minute);

    /// <inheritdoc cref="Minute{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, int?> Minute<TEntity>(this Column<TEntity, DateTimeOffset?> column)
        where TEntity : class
        => TimePart.Of(column, "minute", static time => time.UtcDateTime.Minute);

    /// <inheritdoc cref="Minute{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, int?> Minute<TEntity>(this Column<TEntity, DateTime> column)
        where TEntity : class
        => TimePart.Of(column, "minute", static time => time.Minute);

    /// <inheritdoc cref="Minute{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, int?> Minute<TEntity>(this Column<TEntity, DateTime?> column)
        where TEntity : class
        => TimePart.Of(column, "minute", static time => time.Minute);

    /// <inheritdoc cref="Minute{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, int?> Minute<TEntity>(this Column<TEntity, TimeOnly> column)
        where TEntity : class
        => TimePart.Of(column, "minute", static time => time.Minute);

    /// <inheritdoc cref="Minute{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, int?> Minute<TEntity>(this Column<TEntity, TimeOnly?> column)
        where TEntity : class
        => TimePart.Of(column, "minute", static time => time.Minute);

    /// <summary>The whole second, from 0 to 59.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <param name="column">The column.</param>
    public static Column<TEntity, int?> Second<TEntity>(this Column<TEntity, DateTimeOffset> column)
        where TEntity : class
        => TimePart.Of(column, "second", static time => time.UtcDateTime.Second);

    /// <inheritdoc cref="Second{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, int?> Second<TEntity>(this Column<TEntity, DateTimeOffset?> column)
        where TEntity : class
        => TimePart.Of(column, "second", static time => time.UtcDateTime.Second);

    /// <inheritdoc cref="Second{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, int?> Second<TEntity>(this Column<TEntity, DateTime> column)
        where TEntity : class
        => TimePart.Of(column, "second", static time => time.Second);

    /// <inheritdoc cref="Second{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, int?> Second<TEntity>(this Column<TEntity, DateTime?> column)
        where TEntity : class
        => TimePart.Of(column, "second", static time => time.Second);

    /// <inheritdoc cref="Second{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, int?> Second<TEntity>(this Column<TEntity, TimeOnly> column)
        where TEntity : class
        => TimePart.Of(column, "second", static time => time.Second);

    /// <inheritdoc cref="Second{TEntity}(Column{TEntity, DateTimeOffset})"/>
    public static Column<TEntity, int?> Second<TEntity>(this Column<TEntity, TimeOnly?> column)
        where TEntity : class
        => TimePart.Of(column, "second", static time => time.Second);
}
