using System.Text.RegularExpressions;

namespace Storefront.Output;

/// <summary>Makes a lambda's source fit for a table: without what every step has in common.</summary>
internal static partial class CodeText
{
    public static string Shorten(string lambda)
    {
        var oneLine = Spaces().Replace(lambda, " ");
        var body = Head().Replace(oneLine, "");
        return Token().Replace(body, "").Replace("db.", "", StringComparison.Ordinal).Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    /// <summary><c>async () =></c>.</summary>
    [GeneratedRegex(@"^(async )?\(\) => (await )?")]
    private static partial Regex Head();

    /// <summary>The cancellation token, which every call takes.</summary>
    [GeneratedRegex(@"(, )?\bcancellationToken\b")]
    private static partial Regex Token();
}
