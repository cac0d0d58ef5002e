namespace DualDb.Migrations.Files;

/// <summary>Line ends of the machine that checked a file out are nobody's change.</summary>
internal static class LineEnds
{
    /// <summary>
    /// Makes line feeds of them, and of nothing else: <c>ReplaceLineEndings</c> also takes form feeds and the separators of Unicode, which are characters of a constant.
    /// </summary>
    public static string Unify(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
}
