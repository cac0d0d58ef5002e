using System.Buffers;

namespace DualDb.Rest;

/// <summary>Columns in filters, orders and select lists.</summary>
internal static class RestNames
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    /// <summary>Types that every server writes into JSON as they are; the others are read as text, in PostgreSQL's own spelling.</summary>
    private static readonly string[] ExactTypes =
    [
        "smallint", "integer", "boolean", "text", "varchar", "character", "char", "uuid", "date", "time", "timestamp", "timestamptz", "interval", "inet", "cidr", "numeric",
        "int4range", "int8range", "numrange", "tsrange", "tstzrange", "daterange",
    ];

    /// <summary>A name, in quotes where it holds what PostgREST gives a meaning to.</summary>
    public static string Quote(string name)
        => name.AsSpan().ContainsAnyExcept(Plain) ? Text(name) : name;

    /// <summary>A value in quotes, as lists and groups of conditions take it.</summary>
    public static string Text(string value)
        => "\"" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    /// <summary>
    /// A selected column. What a server that makes JSON of rows by itself may round or rewrite (<c>bigint</c>, <c>bytea</c>, documents, arrays) is
    /// cast to text.
    /// </summary>
    public static string Selected(string name, string postgresType) => IsExact(postgresType) ? Quote(name) : Quote(name) + "::text";

    private static bool IsExact(string type)
    {
        var end = type.AsSpan().IndexOfAny('(', ' ');
        return !type.EndsWith(']') && Array.IndexOf(ExactTypes, end < 0 ? type : type[..end]) >= 0;
    }
}
