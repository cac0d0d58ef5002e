namespace DualDb.Docs.Tests;

public sealed class SnippetTests
{
    /// <summary>Set to anything, it writes the sample's code into the documents instead of comparing.</summary>
    private const string UpdateVariable = "DUALDB_UPDATE_SNIPPETS";

    public static TheoryData<string> FilesWithSnippets()
        => [.. Documents.All().Where(file => file.Fences.Any(fence => fence.Marker("snippet") is not null)).Select(file => file.Name)];

    [Fact]
    public void The_readme_has_snippets() => Assert.Contains("README.md", FilesWithSnippets().Select(row => (string)row.Data));

    [Theory]
    [MemberData(nameof(FilesWithSnippets))]
    public void Snippets_are_what_the_sample_says(string name)
    {
        var path = Documents.PathOf(name);
        if (Environment.GetEnvironmentVariable(UpdateVariable) is { Length: > 0 })
        {
            Update(path);
        }

        foreach (var fence in MarkdownFile.Read(path).Fences)
        {
            if (fence.Marker("snippet") is { } sources)
            {
                Assert.True(
                    Expected(sources) == fence.Text,
                    $"{name}({fence.Line}): the block differs from {sources}. Change the sample, and run this test with {UpdateVariable}=1 to take it over.");
            }
        }
    }

    private static string Expected(string sources)
        => string.Join("\n\n", sources.Split(' ').Select(source => string.Join('\n', Region.Read(source))));

    private static void Update(string path)
    {
        var lines = File.ReadAllLines(path).ToList();
        foreach (var fence in MarkdownFile.Read(path).Fences.Reverse())
        {
            if (fence.Marker("snippet") is { } sources)
            {
                lines.RemoveRange(fence.Line, fence.Lines.Count);
                lines.InsertRange(fence.Line, Expected(sources).Split('\n'));
            }
        }

        File.WriteAllText(path, string.Join('\n', lines) + "\n");
    }
}
