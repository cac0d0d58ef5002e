using System.Text.RegularExpressions;

namespace DualDb.RawSql;

/// <summary>Tells SQL of a user's own that would end the transaction it is sent in. Only what the text itself says is looked at: within a transaction, blocks and procedures cannot end it.</summary>
internal static partial class EndingStatement
{
    /// <summary>Whether one of the statements of a text ends the transaction.</summary>
    public static bool IsIn(string sql) => Words().IsMatch(sql) && IsInBare(Quoted().Replace(sql, " "));

    private static bool IsInBare(string sql) => Ending().IsMatch(sql) && !Body().IsMatch(sql);

    // Most texts hold none of them, and are looked at no further.
    [GeneratedRegex(@"\b(?:commit|rollback|abort|end|prepare)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();

    // Comments lie in each other.
    [GeneratedRegex(
        """\be'(?>[^'\\]+|\\.|'')*'|'(?>[^']+|'')*'|"(?>[^"]+|"")*"|\$(?<tag>\w*)\$.*?\$\k<tag>\$|--[^\n]*|/\*(?>[^/*]+|(?<depth>/\*)|(?<-depth>\*/)|/|\*(?!/))*(?(depth)(?!))\*/""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(
        @"(?:^|;)\s*(?:commit|abort|end|prepare\s+transaction|rollback(?!\s+(?:(?:work|transaction)\s+)?to\b))\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ending();

    // Of a function in standard SQL, whose end is no transaction's.
    [GeneratedRegex(@"\bbegin\s+atomic\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Body();
}
