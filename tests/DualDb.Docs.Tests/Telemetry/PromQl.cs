using System.Text.RegularExpressions;

namespace DualDb.Docs.Tests.Telemetry;

/// <summary>Finds the metrics in an expression of Prometheus.</summary>
internal static partial class PromQl
{
    private static readonly HashSet<string> Words = new(
        ["sum", "min", "max", "avg", "count", "topk", "bottomk", "rate", "increase", "histogram_quantile", "vector", "max_over_time", "and", "or", "unless", "bool", "absent"], StringComparer.Ordinal);

    public static IEnumerable<string> MetricsIn(string expression)
    {
        var bare = Ranges().Replace(Labels().Replace(Groupings().Replace(expression, " "), " "), " ");
        return Names().Matches(bare).Select(static match => match.Value).Where(static name => !Words.Contains(name));
    }

    /// <summary>The labels that an expression groups by.</summary>
    public static IEnumerable<string> GroupedBy(string expression) => Names(Groups().Matches(expression));

    /// <summary>The labels that an expression chooses by.</summary>
    public static IEnumerable<string> ChosenBy(string expression) => Names(Choices().Matches(expression));

    private static IEnumerable<string> Names(IEnumerable<Match> found)
        => found.SelectMany(static match => match.Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal);

    [GeneratedRegex(@"\b(by|on|group_left|group_right)\s*\((?<labels>[^)]*)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Groups();

    [GeneratedRegex(@"(?<labels>[a-z_]+)\s*(=~|!=|!~|=)\s*""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Choices();

    [GeneratedRegex(@"\b(by|without|ignoring|on|group_left|group_right)\s*\([^)]*\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Groupings();

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Labels();

    [GeneratedRegex(@"\[[^\]]*\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ranges();

    // Not the exponent of a number.
    [GeneratedRegex(@"(?<![\w.])[a-zA-Z_:][\w:]*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Names();
}
