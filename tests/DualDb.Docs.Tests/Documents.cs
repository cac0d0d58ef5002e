using System.Runtime.CompilerServices;

namespace DualDb.Docs.Tests;

/// <summary>The repository's Markdown files.</summary>
internal static class Documents
{
    public static string Root { get; } = FindRoot();

    public static IEnumerable<MarkdownFile> All()
    {
        string[] folders = ["docs", "samples", "src", "tests", "benchmarks"];
        var nested = folders
            .Select(folder => Path.Combine(Root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories))
            .Where(path => !IsBuildOutput(path));
        return Directory.EnumerateFiles(Root, "*.md").Concat(nested).Order(StringComparer.Ordinal).Select(MarkdownFile.Read);
    }

    /// <summary>A file by its path from the repository's root.</summary>
    public static string PathOf(string relative) => Path.GetFullPath(Path.Combine(Root, relative));

    private static bool IsBuildOutput(string path)
        => Path.GetRelativePath(Root, path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj");

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DualDb.Sdk.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds DualDb.Sdk.sln; this test is {here}.");
    }
}
