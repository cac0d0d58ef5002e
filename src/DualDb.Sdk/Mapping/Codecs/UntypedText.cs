using System.Globalization;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Mapping;

/// <summary>Values as the text that PostgreSQL reads, for parameters whose type it is to find out by itself.</summary>
internal static class UntypedText
{
    /// <summary>Whether values that are cast to a type can travel so.</summary>
    public static bool Serves<T>(string? cast)
        => cast is not null && !TextOrder.IsCaseless(cast) && (typeof(T) == typeof(string) || default(T) is short or int or long or decimal);

    public static NpgsqlParameter Parameter(string text) => new() { Value = text, NpgsqlDbType = NpgsqlDbType.Unknown };

    public static string Of<T>(T value) => value is IFormattable number ? number.ToString(format: null, CultureInfo.InvariantCulture) : value as string ?? "";

    /// <summary>An array in PostgreSQL's notation.</summary>
    public static string OfMany<T>(IEnumerable<T> values)
    {
        var text = new StringBuilder("{");
        foreach (var value in values)
        {
            text.Append(text.Length > 1 ? ",\"" : "\"")
                .Append(Of(value).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal))
                .Append('"');
        }

        return text.Append('}').ToString();
    }
}
