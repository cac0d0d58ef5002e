using System.Globalization;
using System.Text.Json;

namespace DualDb.Rest;

/// <summary>What the header <c>Content-Range</c> tells: <c>0-24/3573458</c>, <c>0-24/*</c>, <c>*/0</c>.</summary>
internal static class RestRange
{
    // A bound for what is allocated on a header's word.
    private const int MostToExpect = 10_000;

    /// <summary>How many rows the conditions meet.</summary>
    /// <exception cref="JsonException">The answer does not say so.</exception>
    public static long TotalOf(HttpResponseMessage answer)
    {
        var range = Of(answer);
        return Parse(range.AsSpan(range.IndexOf('/', StringComparison.Ordinal) + 1)) ?? throw new JsonException("The answer does not say how many rows there are.");
    }

    /// <summary>How many rows the answer holds, as far as it says; 0 where it does not.</summary>
    public static int RowsOf(HttpResponseMessage answer)
    {
        var range = Of(answer);
        var (dash, slash) = (range.IndexOf('-', StringComparison.Ordinal), range.IndexOf('/', StringComparison.Ordinal));
        return dash > 0 && slash > dash && Parse(range.AsSpan(0, dash)) is { } first && Parse(range.AsSpan(dash + 1, slash - dash - 1)) is { } last
            ? (int)Math.Clamp(last - first + 1, 0, MostToExpect)
            : 0;
    }

    /// <summary>The place of the first row among all that the conditions meet; null where the answer does not say so.</summary>
    public static long? FirstOf(HttpResponseMessage answer)
    {
        var range = Of(answer);
        return range.IndexOf('-', StringComparison.Ordinal) is var dash and > 0 ? Parse(range.AsSpan(0, dash)) : null;
    }

    /// <summary>
    /// Whether an answer that was to say how many rows there are holds less than all, or may. One that was not cut off says how many there are; some
    /// servers do not count what a function that may change something returns.
    /// </summary>
    /// <param name="answer">The answer.</param>
    /// <param name="limit">What other answers have taught.</param>
    public static bool MayBeCut(HttpResponseMessage answer, RowLimit limit)
    {
        var range = Of(answer);
        var (dash, slash) = (range.IndexOf('-', StringComparison.Ordinal), range.IndexOf('/', StringComparison.Ordinal));
        return dash > 0 && slash > dash && Parse(range.AsSpan(dash + 1, slash - dash - 1)) is { } last
            && (Parse(range.AsSpan(slash + 1)) is { } total ? last + 1 < total : last > 0 && limit.MayCut((int)Math.Min(last + 1, int.MaxValue)));
    }

    private static string Of(HttpResponseMessage answer) => answer.Content.Headers.TryGetValues("Content-Range", out var values) ? values.First() : "";

    private static long? Parse(ReadOnlySpan<char> digits) => long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
