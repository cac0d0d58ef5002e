using System.Text.RegularExpressions;

namespace DualDb.Docs.Tests;

/// <summary>As much of a Markdown file as the tests need.</summary>
internal sealed partial record MarkdownFile(string Path, IReadOnlyList<string> Prose, IReadOnlyList<Fence> Fences)
{
    public string Name => System.IO.Path.GetRelativePath(Documents.Root, Path).Replace('\\', '/');

    /// <summary>The targets of its links and images, code left out.</summary>
    public IEnumerable<string> Links => Prose.SelectMany(line => Link().Matches(Code().Replace(line, ""))).Select(match => match.Groups["target"].Value);

    /// <summary>The anchors that its headings make, by GitHub's rule.</summary>
    public IEnumerable<string> Anchors
        => Prose.Where(line => line.StartsWith('#')).Select(line => line.TrimStart('#').Trim().ToLowerInvariant())
            .Select(title => NoAnchor().Replace(title, "").Replace(' ', '-'));

    public static MarkdownFile Read(string path)
    {
        var prose = new List<string>();
        var fences = new List<Fence>();
        var lines = File.ReadAllLines(path);
        for (var index = 0; index < lines.Length; index++)
        {
            if (!lines[index].StartsWith("```", StringComparison.Ordinal))
            {
                prose.Add(lines[index]);
                continue;
            }

            var end = Array.FindIndex(lines, index + 1, static line => line == "```");
            Assert.True(end > 0, $"{path}({index + 1}): the code block does not end.");
            fences.Add(new Fence(lines[index][3..], index + 1, lines[(index + 1)..end], MarkersAbove(lines, index)));
            index = end;
        }

        return new MarkdownFile(path, prose, fences);
    }

    private static List<string> MarkersAbove(string[] lines, int fence)
    {
        var markers = new List<string>();
        for (var index = fence - 1; index >= 0 && Comment().Match(lines[index]) is { Success: true } match; index--)
        {
            markers.Add(match.Groups["text"].Value);
        }

        return markers;
    }

    [GeneratedRegex(@"^<!-- (?<text>.*) -->$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]*`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Code();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex NoAnchor();
}
