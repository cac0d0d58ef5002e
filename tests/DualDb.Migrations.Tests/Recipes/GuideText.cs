using System.Text.RegularExpressions;

namespace DualDb.Migrations.Tests.Recipes;

/// <summary>The guide that the recipes stand in.</summary>
internal static partial class GuideText
{
    private static string Root { get; } = FindRoot();

    private static string Text { get; } = File.ReadAllText(Path.Combine(Root, "docs", "guides", "zero-downtime.md"));

    /// <summary>The files of a section, by their ids.</summary>
    public static IReadOnlyList<(string Id, string Sql)> Files(string section)
    {
        var start = Text.IndexOf("## " + section + "\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"The guide has no section '{section}'.");
        var end = Text.IndexOf("\n## ", start, StringComparison.Ordinal);
        return [.. Block().Matches(Text[start..(end < 0 ? Text.Length : end)]).Select(static match => (match.Groups["id"].Value, match.Groups["sql"].Value))];
    }

    /// <summary>Whether a class stands in the guide as it is run here.</summary>
    public static bool Holds(string className)
    {
        var source = File.ReadAllText(Path.Combine(Root, "tests", "DualDb.Migrations.Tests", "Recipes", className + ".cs"));
        return Text.Contains(source.Split("#region guide\n")[1].Split("#endregion")[0], StringComparison.Ordinal);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DualDb.Sdk.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds DualDb.Sdk.sln.");
        }

        return folder.FullName;
    }

    [GeneratedRegex("`(?<id>(neon|supabase)/[0-9T]+_[a-z_]+)\\.sql`:\n\n```sql\n(?<sql>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Block();
}
