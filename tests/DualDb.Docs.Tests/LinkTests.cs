namespace DualDb.Docs.Tests;

public sealed class LinkTests
{
    [Fact]
    public void Every_relative_link_leads_somewhere()
    {
        var broken = Documents.All().SelectMany(file => file.Links.Where(link => IsBroken(file, link)).Select(link => $"{file.Name}: {link}")).ToList();

        Assert.True(broken.Count == 0, "Broken links:\n" + string.Join('\n', broken));
    }

    [Fact]
    public void Every_page_of_the_documentation_can_be_reached_from_the_readme()
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        Follow(Documents.PathOf("README.md"), reached);
        var lost = Documents.All().Where(file => file.Name.StartsWith("docs/", StringComparison.Ordinal) && !reached.Contains(file.Path)).Select(file => file.Name).ToList();

        Assert.True(lost.Count == 0, "Nothing links to:\n" + string.Join('\n', lost));
    }

    private static void Follow(string path, HashSet<string> reached)
    {
        if (!path.EndsWith(".md", StringComparison.Ordinal) || !File.Exists(path) || !reached.Add(path))
        {
            // A link to a folder shows the folder's README, or the list of its files.
            foreach (var file in Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.md") : [])
            {
                Follow(file, reached);
            }

            return;
        }

        foreach (var link in MarkdownFile.Read(path).Links.Where(IsRelative))
        {
            Follow(TargetOf(path, link), reached);
        }
    }

    private static bool IsBroken(MarkdownFile file, string link)
    {
        if (!IsRelative(link))
        {
            return false;
        }

        var target = TargetOf(file.Path, link);
        if (!File.Exists(target) && !Directory.Exists(target))
        {
            return true;
        }

        var anchor = link.Split('#').ElementAtOrDefault(1);
        return anchor is not null && !MarkdownFile.Read(target).Anchors.Contains(anchor, StringComparer.Ordinal);
    }

    private static bool IsRelative(string link) => !link.Contains("://", StringComparison.Ordinal) && !link.StartsWith("mailto:", StringComparison.Ordinal);

    private static string TargetOf(string from, string link)
    {
        var path = link.Split('#')[0];
        return path.Length == 0 ? from : Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(from)!, path)));
    }
}
