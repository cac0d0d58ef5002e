using System.Text;
using NpgsqlTypes;

namespace DualDb.Mapping.Wire;

/// <summary>Ranges in PostgreSQL's notation: <c>[1,5)</c>, <c>["2026-01-01 00:00:00+00",)</c>, <c>empty</c>.</summary>
internal static class RangeText
{
    public static NpgsqlRange<T> Read<T>(string text, WireForm<T> bound)
        where T : struct
    {
        if (string.Equals(text, "empty", StringComparison.Ordinal))
        {
            return NpgsqlRange<T>.Empty;
        }

        var comma = text.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0 || text.Length < 3 || text[0] is not ('[' or '(') || text[^1] is not (']' or ')'))
        {
            throw new FormatException("The answer holds no range.");
        }

        var lower = Bound(text[1..comma], bound);
        var upper = Bound(text[(comma + 1)..^1], bound);
        return new NpgsqlRange<T>(lower ?? default, text[0] == '[', lower is null, upper ?? default, text[^1] == ']', upper is null);
    }

    public static string Of<T>(NpgsqlRange<T> range, WireForm<T> bound)
        where T : struct
    {
        if (range.IsEmpty)
        {
            return "empty";
        }

        var text = new StringBuilder();
        text.Append(range.LowerBoundIsInclusive ? '[' : '(');
        Append(text, range.LowerBoundInfinite ? null : bound.TextOf(range.LowerBound));
        text.Append(',');
        Append(text, range.UpperBoundInfinite ? null : bound.TextOf(range.UpperBound));
        return text.Append(range.UpperBoundIsInclusive ? ']' : ')').ToString();
    }

    private static void Append(StringBuilder text, string? bound)
    {
        if (bound is not null)
        {
            text.Append('"').Append(bound).Append('"');
        }
    }

    // None of the types that ranges are made of has a comma, a quote or a backslash in its text.
    private static T? Bound<T>(string text, WireForm<T> form)
        where T : struct
        => text.Length == 0 ? null : form.Read(JsonCell.OfText(text.Trim('"')));
}
