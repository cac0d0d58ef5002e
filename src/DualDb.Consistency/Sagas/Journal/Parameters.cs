using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sagas.Journal;

/// <summary>Positional, typed parameters.</summary>
internal static class Parameters
{
    public static void Text(this NpgsqlParameterCollection parameters, string? value) => parameters.Add(Of(value, NpgsqlDbType.Text));

    public static void Json(this NpgsqlParameterCollection parameters, string? value) => parameters.Add(Of(value, NpgsqlDbType.Json));

    public static void Number(this NpgsqlParameterCollection parameters, long value) => parameters.Add(new NpgsqlParameter<long> { TypedValue = value });

    public static void Flag(this NpgsqlParameterCollection parameters, bool value) => parameters.Add(new NpgsqlParameter<bool> { TypedValue = value });

    public static void Id(this NpgsqlParameterCollection parameters, Guid value) => parameters.Add(new NpgsqlParameter<Guid> { TypedValue = value });

    /// <summary>A time in seconds; null for none.</summary>
    public static void Seconds(this NpgsqlParameterCollection parameters, TimeSpan? value)
        => parameters.Add(value is { } time ? new NpgsqlParameter<double> { TypedValue = time.TotalSeconds } : Null(NpgsqlDbType.Double));

    public static void Array<T>(this NpgsqlParameterCollection parameters, T[] values, NpgsqlDbType element)
        => parameters.Add(new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | element });

    private static NpgsqlParameter Of(string? value, NpgsqlDbType type)
        => value is null ? Null(type) : new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = type };

    private static NpgsqlParameter Null(NpgsqlDbType type) => new() { Value = DBNull.Value, NpgsqlDbType = type };
}
