namespace DualDb.Migrations.Linting;

/// <summary>What a constant of SQL says, as far as keywords in it matter.</summary>
internal static class ConstantText
{
    /// <summary>A constant without its quotes, and a doubled one as one.</summary>
    /// <param name="written">The constant as written: <c>'…'</c>, <c>E'…'</c>, <c>$$…$$</c> and their like.</param>
    public static string Of(string written)
    {
        var open = written.AsSpan().IndexOfAny('\'', '$');
        var isDollar = written[open] == '$';
        var from = isDollar ? written.IndexOf('$', open + 1) + 1 : open + 1;
        var length = written.Length - from - (from - open);
        var said = length > 0 ? written.Substring(from, length) : "";
        return isDollar ? said : said.Replace("''", "'", StringComparison.Ordinal);
    }
}
