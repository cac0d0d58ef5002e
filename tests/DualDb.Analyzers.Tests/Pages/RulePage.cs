using System.Text.RegularExpressions;
using DualDb.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;

namespace DualDb.Analyzers.Tests.Pages;

/// <summary>A page under <c>docs/rules</c>, taken apart.</summary>
internal sealed partial class RulePage
{
    private readonly string _text;

    private RulePage(string id, string text) => (Id, _text) = (id, text);

    public static string Folder { get; } = Path.Combine(Project.RepositoryRoot, "docs", "rules");

    /// <summary>The ids of all pages.</summary>
    public static IReadOnlyList<string> Ids { get; } =
    [
        .. Directory.GetFiles(Folder, "*.md").Select(static path => Path.GetFileNameWithoutExtension(path)).Where(static name => name != "README").Order(StringComparer.Ordinal),
    ];

    public string Id { get; }

    public string FirstLine => _text[.._text.IndexOf('\n', StringComparison.Ordinal)];

    /// <summary>The line under the title: severity and category.</summary>
    public string Heading => _text.Split('\n')[2];

    /// <summary>The message of the bad example.</summary>
    public string Message => QuotePattern().Match(_text).Groups["message"].Value;

    /// <summary>The names of the sections, in order.</summary>
    public IEnumerable<string> Sections => SectionPattern().Matches(_text).Select(static match => match.Groups["name"].Value);

    /// <summary>The pages this one links to.</summary>
    public IEnumerable<string> Links => LinkPattern().Matches(_text).Select(static match => match.Groups["id"].Value);

    public static RulePage Read(string id) => new(id, File.ReadAllText(Path.Combine(Folder, id + ".md")).ReplaceLineEndings("\n"));

    public string Section(string name)
    {
        var start = _text.IndexOf($"\n## {name}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"{Id}.md has no section '{name}'.");
        var end = _text.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return end < 0 ? _text[start..] : _text[start..end];
    }

    /// <summary>The files of migrations of a section: blocks of SQL behind a line with a path.</summary>
    public IReadOnlyList<(string Path, string Text)> Migrations(string section)
        => [.. FilePattern().Matches(Section(section)).Select(static match => (match.Groups["path"].Value, match.Groups["text"].Value))];

    /// <summary>The C# of a section, in the language version that its project file asks for.</summary>
    public CSharpCompilation Compile(string section)
    {
        var text = Section(section);
        var code = CodePattern().Match(text).Groups["code"].Value;
        Assert.True(code.Length > 0 || Migrations(section).Count > 0, $"{Id}.md has no example in '{section}'.");
        var version = LanguageVersion.Latest;
        if (VersionPattern().Match(text) is { Success: true } declared)
        {
            Assert.True(LanguageVersionFacts.TryParse(declared.Groups["version"].Value, out version));
        }

        return Project.Of(version, (Id + ".cs", code));
    }

    [GeneratedRegex(@"^> (?<message>.+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex QuotePattern();

    [GeneratedRegex(@"^## (?<name>.+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SectionPattern();

    [GeneratedRegex(@"\]\((?<id>\w+)\.md\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LinkPattern();

    [GeneratedRegex(@"```csharp\n(?<code>.*?)```", RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodePattern();

    [GeneratedRegex("<LangVersion>(?<version>.+?)</LangVersion>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VersionPattern();

    [GeneratedRegex("^`(?<path>[^`\n]+\\.sql)`:\n\n```sql\n(?<text>.*?)```$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FilePattern();
}
