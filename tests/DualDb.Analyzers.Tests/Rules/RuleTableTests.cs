using System.Globalization;
using System.Text.RegularExpressions;
using DualDb.Analyzers.Rules;
using DualDb.Analyzers.Tests.Harness;
using DualDb.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace DualDb.Analyzers.Tests.Rules;

public sealed partial class RuleTableTests
{
    private static readonly IReadOnlyList<DiagnosticDescriptor> All = [.. AnalysisRun.Analyzers.SelectMany(static analyzer => analyzer.SupportedDiagnostics)];

    [Fact]
    public void Every_problem_of_the_parser_has_a_rule_of_its_own()
    {
        var kinds = Enum.GetValues<ProblemKind>();
        Assert.Equal(kinds.Length, kinds.Select(static kind => ProblemRules.Of(kind).Id).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(kinds.Length, ProblemRules.All.Length);
        Assert.All(kinds, static kind => Assert.Equal(DiagnosticSeverity.Error, ProblemRules.Of(kind).DefaultSeverity));
    }

    [Fact]
    public void Ids_are_unique_and_their_first_digit_is_the_area()
    {
        Assert.Equal(All.Count, All.Select(static rule => rule.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.All(All, static rule => Assert.Matches("^DDB[0-9]{3}$", rule.Id));
        Assert.All(All, static rule => Assert.Equal(rule.Id[3] switch { '0' => "DualDb.Mapping", '1' => "DualDb.References", '2' => "DualDb.Caching", '3' => "DualDb.Queries", '4' => "DualDb.Consistency", '5' => "DualDb.Migrations", _ => "DualDb.Project" }, rule.Category));
        Assert.All(All, static rule => Assert.True(rule.IsEnabledByDefault));
    }

    [Fact]
    public void Titles_differ_and_messages_say_what_and_why_and_what_to_do()
    {
        Assert.Equal(All.Count, All.Select(static rule => Text(rule.Title)).Distinct(StringComparer.Ordinal).Count());
        Assert.All(All, static rule => Assert.Matches(@"^[^:]+: .+\. .+\.$", Text(rule.MessageFormat)));
    }

    [Fact]
    public void Every_rule_is_in_the_release_notes_as_it_is()
    {
        var folder = Path.Combine(Project.RepositoryRoot, "src", "DualDb.Analyzers");
        var rows = new[] { "AnalyzerReleases.Shipped.md", "AnalyzerReleases.Unshipped.md" }
            .SelectMany(file => File.ReadAllLines(Path.Combine(folder, file)))
            .Where(static line => RowPattern().IsMatch(line));
        Assert.Equal(
            All.OrderBy(static rule => rule.Id, StringComparer.Ordinal).Select(static rule => $"{rule.Id} | {rule.Category} | {rule.DefaultSeverity} | {Text(rule.Title)}"),
            rows);
    }

    [Fact]
    public void Nothing_of_the_two_assemblies_can_be_taken_for_something_of_the_other()
        => Assert.Equal(
            ["AnnotationAnalyzer", "CachingAnalyzer", "DomainAnalyzer", "DualDbGenerator", "EventAnalyzer", "EventUseAnalyzer", "MigrationAnalyzer", "ModelAnalyzer", "SagaAnalyzer", "SyncAnalyzer"],
            new[] { typeof(ModelAnalyzer).Assembly, typeof(Generators.DualDbGenerator).Assembly }
                .SelectMany(static assembly => assembly.GetExportedTypes())
                .Select(static type => type.Name)
                .Order(StringComparer.Ordinal));

    private static string Text(LocalizableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("^DDB[0-9]{3} ", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RowPattern();
}
