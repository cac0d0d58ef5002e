using System.Globalization;
using DualDb.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace DualDb.Analyzers.Tests.Pages;

/// <summary>The pages say what the analyzers do, and their examples are what they claim to be.</summary>
public sealed class RulePageTests
{
    /// <summary>Reported by the targets of the package, not by an analyzer.</summary>
    private const string CompilerTooOld = "DDB901";

    private static readonly Dictionary<string, DiagnosticDescriptor> Rules = AnalysisRun.Analyzers
        .SelectMany(static analyzer => analyzer.SupportedDiagnostics)
        .ToDictionary(static rule => rule.Id, StringComparer.Ordinal);

    public static TheoryData<string> RuleIds { get; } = [.. Rules.Keys.Order(StringComparer.Ordinal)];

    public static TheoryData<string> PageIds { get; } = [.. RulePage.Ids];

    [Fact]
    public void Every_rule_has_a_page_and_every_page_a_rule()
        => Assert.Equal(Rules.Keys.Append(CompilerTooOld).Order(StringComparer.Ordinal), RulePage.Ids);

    [Theory]
    [MemberData(nameof(PageIds))]
    public void A_page_has_its_sections_and_links_to_pages_that_exist(string id)
    {
        var page = RulePage.Read(id);
        Assert.Equal(["Why it matters", "Bad", "Good", "See also"], page.Sections);
        Assert.NotEmpty(page.Links);
        Assert.Subset(RulePage.Ids.ToHashSet(StringComparer.Ordinal), page.Links.ToHashSet(StringComparer.Ordinal));
        Assert.DoesNotContain(id, page.Links);
    }

    [Theory]
    [MemberData(nameof(RuleIds))]
    public void A_page_names_its_rule(string id)
    {
        var page = RulePage.Read(id);
        var rule = Rules[id];
        Assert.Equal($"# {id}: {rule.Title.ToString(CultureInfo.InvariantCulture)}", page.FirstLine);
        Assert.Equal($"{rule.DefaultSeverity} · `{rule.Category}`", page.Heading);
        Assert.Equal($"https://github.com/dualdb/dualdb-sdk/blob/main/docs/rules/{id}.md", rule.HelpLinkUri);
    }

    [Theory]
    [MemberData(nameof(RuleIds))]
    public async Task A_bad_example_yields_the_diagnostic_and_no_other(string id)
    {
        var page = RulePage.Read(id);
        var diagnostics = await AnalysisRun.RunAsync(GeneratorRun.Complete(page.Compile("Bad")), page.Migrations("Bad"));
        Assert.NotEmpty(diagnostics);
        Assert.All(diagnostics, diagnostic => Assert.Equal(id, diagnostic.Id));
        Assert.Contains(page.Message, diagnostics.Select(static diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture)));
    }

    [Theory]
    [MemberData(nameof(RuleIds))]
    public async Task A_good_example_compiles_without_a_word(string id)
    {
        var page = RulePage.Read(id);
        var completed = GeneratorRun.Complete(page.Compile("Good"));
        Assert.Empty((await AnalysisRun.RunAsync(completed, page.Migrations("Good"))).Select(static diagnostic => diagnostic.ToString()));
        Assert.Empty(completed.GetDiagnostics()
            .Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
            .Select(static diagnostic => diagnostic.ToString()));
    }

    [Fact]
    public void The_index_lists_every_page_with_its_title()
    {
        var index = File.ReadAllLines(Path.Combine(RulePage.Folder, "README.md")).Where(static line => line.StartsWith("| [", StringComparison.Ordinal));
        Assert.Equal(
            RulePage.Ids.Select(static id => $"| [{id}]({id}.md) | {RulePage.Read(id).Heading.Split(' ')[0]} | {RulePage.Read(id).FirstLine[(4 + id.Length)..]} |"),
            index);
    }

    [Fact]
    public void The_page_about_the_compiler_shows_the_message_of_the_targets()
    {
        var targets = File.ReadAllText(Path.Combine(Project.RepositoryRoot, "src", "DualDb.Sdk", "buildTransitive", "DualDb.Sdk.targets"));
        var page = RulePage.Read(CompilerTooOld);
        Assert.Contains($"Text=\"{page.Message.Replace("4.11", "$(_DualDbCompilerVersion)", StringComparison.Ordinal)}\"", targets, StringComparison.Ordinal);
        Assert.Contains($"HelpLink=\"https://github.com/dualdb/dualdb-sdk/blob/main/docs/rules/{CompilerTooOld}.md\"", targets, StringComparison.Ordinal);
    }
}
