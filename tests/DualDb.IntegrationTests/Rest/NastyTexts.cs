namespace DualDb.IntegrationTests.Rest;

/// <summary>Texts that addresses, filters, patterns, JSON and array literals could each take for something else; the same every time.</summary>
internal static class NastyTexts
{
    private const int Seed = 20_261_122;
    private const int MostPieces = 7;

    private static readonly string[] Pieces =
    [
        "\"", "'", "\\", ",", "(", ")", "{", "}", "[", "]", "%", "_", "*", "&", "+", "#", "?", "/", ":", ";", "=", ".", "-", "--", "|", "~", "^", "$", "!", "@", "`", "<", ">", " ", "\n", "\r\n", "\t", "\u0001", "\u007f",
        "%2C", "%22", "%00", "%", "\\\"", "\\\\", "\\n", "\\x00", "\\u0041", "\"\"", "''", "null", "NULL", "true", "false", "1.0", "0", "-1", "1e5", "0x10", "NaN", "undefined", "eq.", "in.(", "not.", "is.null", "and(", "or(",
        "select=", "limit=1", "id", "value", "->", "->>", "::text", "{a,b}", "{}", "[1]", "(1,2)", "a", "b", "Z", "ß", "İ", "é", "e\u0301", "\u00a0", "\u200b", "\u200f", "مرحبا", "שלום", "漢字", "🙂", "👨‍👩‍👧", "🏳️‍🌈", "\ufeff", "\uffff",
        "<script>", "'; drop table rest_texts; --", "${x}", "{{x}}", "/*", "*/", "\\0",
    ];

    private static readonly string[] Certain =
    [
        "", " ", "  ", "null", "NULL", "true", "false", "1.0", "1", "01", "-0", "1e400", "%", "%%", "%2C", "%252C", "_", "*", "**", "\"", "\"\"", "\\", "\\\\", "\\\"", ",", "(", ")", "()", "{", "}", "{}", "[]", "a,b", "a.b", "(a)", "a)b", "a(b",
        " a", "a ", " a ", "\n", "\t", "\r\n", "\na", "a\n", "&", "=", "&a=b", "+", "a+b", "a b", "a%20b", "#", "a#b", "?", "🙂", "مرحبا", "\"a\"", "'a'", "\"null\"", "eq.a", "in.(a)", "not.is.null", "and(a.eq.b)", ".", "..", "/", "\\x00ff", "not_null", "unknown", "{\"a\":1}",
    ];

    /// <summary>Distinct texts, in no order.</summary>
    public static IReadOnlyList<string> Take(int count)
    {
        var random = new Random(Seed);
        var texts = new HashSet<string>(Certain, StringComparer.Ordinal);
        while (texts.Count < count)
        {
            texts.Add(string.Concat(Enumerable.Range(0, random.Next(1, MostPieces + 1)).Select(_ => Pieces[random.Next(Pieces.Length)])));
        }

        return [.. texts];
    }
}
