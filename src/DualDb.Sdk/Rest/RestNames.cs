using System.Buffers;

namespace DualDb.Rest;

/// <summary>Columns in filters, orders and select lists.</summary>
internal static class RestNames
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    // Parameters and words of groups, which a column in quotes is not taken for.
    private static readonly HashSet<string> Reserved = new(["select", "order", "limit", "offset", "columns", "on_conflict", "and", "or", "not"], StringComparer.Ordinal);

    /// <summary>A name, in quotes where it is or holds what PostgREST gives a meaning to.</summary>
    public static string Quote(string name)
        => name.AsSpan().ContainsAnyExcept(Plain) || Reserved.Contains(name) ? Text(name) : name;

    /// <summary>A value in quotes, as lists and groups of conditions take it.</summary>
    public static string Text(string value)
        => "\"" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
