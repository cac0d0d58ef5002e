using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DualDb.Docs.Tests;

/// <summary>The page of one rule, <c>docs/rules/DDB….md</c>.</summary>
internal sealed partial class RulePage(MarkdownFile file)
{
    public string Id => Path.GetFileNameWithoutExtension(file.Path);

    public string Heading => file.Prose[0];

    /// <summary>The message that the page quotes.</summary>
    public string Message => file.Prose.First(static line => line.StartsWith("> ", StringComparison.Ordinal))[2..];

    /// <summary>What the page says of its severity and category.</summary>
    public string Kind => file.Prose.First(static line => line.Contains(" · ", StringComparison.Ordinal));

    public static bool IsOne(MarkdownFile file) => FileName().IsMatch(file.Name);

    /// <summary>The files of an example, in the language version that its project asks for; none where it is no code.</summary>
    public IReadOnlyList<SyntaxTree> Example(string section)
    {
        var fences = file.Fences.Where(fence => fence.Section == section).ToList();
        var language = fences.Select(fence => LanguageVersionElement().Match(fence.Text)).FirstOrDefault(match => match.Success) is { } match
            && LanguageVersionFacts.TryParse(match.Groups["version"].Value, out var asked) ? asked : CodeBlock.Language;
        return [.. fences.Where(fence => fence.Language == "csharp").Select(fence => CodeBlock.Parse(fence.Text, language))];
    }

    [GeneratedRegex(@"^docs/rules/DDB\d{3}\.md$", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex FileName();

    [GeneratedRegex("<LangVersion>(?<version>.*)</LangVersion>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex LanguageVersionElement();
}
