using DualDb.Mapping;
using DualDb.Rest;
using NpgsqlTypes;

namespace DualDb.Querying;

/// <summary>Operands and values as requests over REST have them.</summary>
internal static class RestColumnText
{
    /// <summary>What is selected, under a name of its own.</summary>
    /// <param name="path">The column, or an aggregate of one.</param>
    /// <param name="type">Its type: what servers that make JSON by themselves may round is cast to text.</param>
    /// <param name="hasCast">Whether it is of a type that is not known here.</param>
    public static string Select(string path, NpgsqlDbType type, bool hasCast) => hasCast || !IsExact(type) ? path + "::text" : path;

    /// <summary>The text of a value, as filters compare with it.</summary>
    public static string TextOf<T>(ColumnCodec<T> codec, T value) => TextsOf(codec, [value])[0];

    public static IReadOnlyList<string> TextsOf<T>(ColumnCodec<T> codec, IEnumerable<T> values)
    {
        var texts = new RestTexts();
        foreach (var value in values)
        {
            codec.Add(texts, value);
        }

        return [.. texts.Values.Select(static text => text!)];
    }

    private static bool IsExact(NpgsqlDbType type)
        => type is NpgsqlDbType.Smallint or NpgsqlDbType.Integer or NpgsqlDbType.Boolean or NpgsqlDbType.Text or NpgsqlDbType.Varchar or NpgsqlDbType.Char or NpgsqlDbType.Uuid
            or NpgsqlDbType.Date or NpgsqlDbType.Time or NpgsqlDbType.Timestamp or NpgsqlDbType.TimestampTz or NpgsqlDbType.Interval or NpgsqlDbType.Inet or NpgsqlDbType.Cidr
            or NpgsqlDbType.Numeric or NpgsqlDbType.IntegerRange or NpgsqlDbType.BigIntRange or NpgsqlDbType.NumericRange or NpgsqlDbType.TimestampRange
            or NpgsqlDbType.TimestampTzRange or NpgsqlDbType.DateRange;
}
