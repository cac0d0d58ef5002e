using System.Collections;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace DualDb.Querying;

/// <summary>What tells a query from others: its SQL and the values of its conditions, the same on every machine.</summary>
internal static class QueryFingerprint
{
    public const int Length = 8;

    public static byte[] Of(string sql, NpgsqlParameterCollection values) => Whole(sql, values)[..Length];

    /// <summary>Long enough that no two queries share it.</summary>
    public static byte[] Whole(string sql, NpgsqlParameterCollection values)
    {
        var text = new StringBuilder(sql);
        foreach (NpgsqlParameter parameter in values)
        {
            Append(text.Append('\u0001'), parameter.Value);
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>Whether every value is of a type whose text tells it from all others.</summary>
    public static bool IsExact(NpgsqlParameterCollection values)
    {
        foreach (NpgsqlParameter parameter in values)
        {
            if (!IsExact(parameter.Value))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsExact(object? value) => value switch
    {
        string or bool or byte or short or int or long or float or double or decimal or Guid or DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan => true,
        byte[] bytes => bytes.Length > 0,
        System.Collections.IDictionary => false,
        IEnumerable items => items.Cast<object?>().All(static item => item is not null && IsExact(item)),
        _ => false,
    };

    // Each with its length, so that no two lists of values read alike.
    private static void Append(StringBuilder text, object? value)
    {
        if (value is IEnumerable items and not (string or byte[]))
        {
            text.Append('[');
            foreach (var item in items)
            {
                Append(text, item);
            }

            text.Append(']');
            return;
        }

        var written = Written(value);
        text.Append(CultureInfo.InvariantCulture, $"{written.Length}:").Append(written);
    }

    private static string Written(object? value) => value switch
    {
        null or DBNull => "",
        string text => "'" + text,
        byte[] bytes => Convert.ToHexString(bytes),
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("O", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(format: null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
