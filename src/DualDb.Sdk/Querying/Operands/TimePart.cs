using DualDb.Mapping;
using NpgsqlTypes;

namespace DualDb.Querying;

/// <summary>Makes columns that are parts of times. A point in time is taken at UTC, so that the server's time zone does not matter.</summary>
internal static class TimePart
{
    private static readonly ColumnCodec<DateOnly?> DayCodec = ColumnCodec.OrNull(ColumnCodec.Plain<DateOnly>(NpgsqlDbType.Date));
    private static readonly ColumnCodec<DayOfWeek?> WeekdayCodec =
        ColumnCodec.OrNull(ColumnCodec.Of<DayOfWeek, int>(NpgsqlDbType.Integer, static value => (int)value, static wire => (DayOfWeek)wire));

    public static Column<TEntity, int?> Of<TEntity, T>(Column<TEntity, T> column, string part, Func<T, int> compute)
        where TEntity : class
        where T : struct
        => Computed.Number(column, part, Before(column.Operand.Codec, part), After(column.Operand.Codec, "integer"), value => IsFinite(value) ? compute(value) : null);

    public static Column<TEntity, int?> Of<TEntity, T>(Column<TEntity, T?> column, string part, Func<T, int> compute)
        where TEntity : class
        where T : struct
        => Computed.Number(
            column, part, Before(column.Operand.Codec, part), After(column.Operand.Codec, "integer"), value => IsFinite(value!.Value) ? compute(value.Value) : null);

    public static Column<TEntity, DayOfWeek?> WeekdayOf<TEntity, T>(Column<TEntity, T> column, Func<T, DayOfWeek> compute)
        where TEntity : class
        where T : struct
        => Computed.Of(
            column, "dow", Before(column.Operand.Codec, "dow"), After(column.Operand.Codec, "integer"), WeekdayCodec, value => IsFinite(value) ? compute(value) : null);

    public static Column<TEntity, DayOfWeek?> WeekdayOf<TEntity, T>(Column<TEntity, T?> column, Func<T, DayOfWeek> compute)
        where TEntity : class
        where T : struct
        => Computed.Of(
            column, "dow", Before(column.Operand.Codec, "dow"), After(column.Operand.Codec, "integer"), WeekdayCodec, value => IsFinite(value!.Value) ? compute(value.Value) : null);

    public static Column<TEntity, DateOnly?> DayOf<TEntity, T>(Column<TEntity, T> column, Func<T, DateOnly> compute)
        where TEntity : class
        where T : struct
        => Computed.Of<TEntity, T, DateOnly?>(column, "date", "(", AtUtc(column.Operand.Codec) + ")::date", DayCodec, value => compute(value));

    public static Column<TEntity, DateOnly?> DayOf<TEntity, T>(Column<TEntity, T?> column, Func<T, DateOnly> compute)
        where TEntity : class
        where T : struct
        => Computed.Of<TEntity, T?, DateOnly?>(column, "date", "(", AtUtc(column.Operand.Codec) + ")::date", DayCodec, value => compute(value!.Value));

    // nullif: extract tells the year of an infinity as an infinite number, which no integer is.
    private static string Before<T>(ColumnCodec<T> codec, string part)
        => codec.Type == NpgsqlDbType.Time ? $"trunc(extract({part} from " : $"trunc(nullif(nullif(extract({part} from (";

    private static string After<T>(ColumnCodec<T> codec, string type)
        => codec.Type == NpgsqlDbType.Time ? $"))::{type}" : $"{AtUtc(codec)})), 'Infinity'), '-Infinity'))::{type}";

    private static string AtUtc<T>(ColumnCodec<T> codec) => codec.Type switch
    {
        NpgsqlDbType.TimestampTz => " at time zone 'UTC'",
        NpgsqlDbType.Date => "::timestamp", // A day has no hours to be extracted.
        _ => "",
    };

    // The first and the last moment travel as the infinities.
    private static bool IsFinite<T>(T value) => value switch
    {
        DateTime time => time != DateTime.MinValue && time != DateTime.MaxValue,
        DateTimeOffset time => time.UtcDateTime != DateTime.MinValue && time.UtcDateTime != DateTime.MaxValue,
        DateOnly day => day != DateOnly.MinValue && day != DateOnly.MaxValue,
        _ => true,
    };
}
