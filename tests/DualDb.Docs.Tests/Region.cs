namespace DualDb.Docs.Tests;

/// <summary>A named region of a source file.</summary>
internal static class Region
{
    /// <summary>The lines between <c>#region</c> and <c>#endregion</c>, without their common indentation.</summary>
    /// <param name="reference"><c>path#region</c>, the path from the repository's root.</param>
    public static IReadOnlyList<string> Read(string reference)
    {
        var (path, name) = reference.Split('#') is [var file, var region] ? (file, region) : throw new ArgumentException($"'{reference}' is not path#region.", nameof(reference));
        var lines = File.ReadAllLines(Documents.PathOf(path));
        var start = Array.FindIndex(lines, line => line.Trim() == $"#region {name}");
        var end = Array.FindIndex(lines, Math.Max(start, 0), line => line.Trim() == "#endregion");
        Assert.True(start >= 0 && end > start, $"{path} has no region {name}.");
        return Unindent(lines[(start + 1)..end]);
    }

    private static IReadOnlyList<string> Unindent(string[] lines)
    {
        var indent = lines.Where(line => line.Trim().Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return [.. lines.Select(line => line.Length >= indent ? line[indent..] : line.TrimStart())];
    }
}
