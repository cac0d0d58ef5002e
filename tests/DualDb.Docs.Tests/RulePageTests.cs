using System.Collections.Immutable;
using DualDb.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DualDb.Docs.Tests;

public sealed class RulePageTests
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers = [new ModelAnalyzer(), new AnnotationAnalyzer()];

    private static readonly IReadOnlyDictionary<string, DiagnosticDescriptor> Rules = Analyzers
        .SelectMany(analyzer => analyzer.SupportedDiagnostics)
        .DistinctBy(rule => rule.Id)
        .ToDictionary(rule => rule.Id, StringComparer.Ordinal);

    public static TheoryData<string> Ids() => [.. Rules.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_rule_has_a_page_with_its_title_and_severity(string id)
    {
        var (page, rule) = (PageOf(id), Rules[id]);

        Assert.Equal($"# {id}: {rule.Title}", page.Heading);
        Assert.StartsWith($"{rule.DefaultSeverity} · ", page.Kind, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_bad_example_is_reported_in_the_words_of_the_page(string id)
    {
        var page = PageOf(id);
        var reported = await AnalyzeAsync(page.Example("Bad"));

        Assert.Contains(page.Message, reported.Where(diagnostic => diagnostic.Id == id).Select(diagnostic => diagnostic.GetMessage()));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_good_example_is_not_reported(string id)
    {
        var reported = await AnalyzeAsync(PageOf(id).Example("Good"));

        Assert.Empty(reported);
    }

    private static RulePage PageOf(string id) => new(MarkdownFile.Read(Documents.PathOf($"docs/rules/{id}.md")));

    private static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(IReadOnlyList<SyntaxTree> example)
    {
        Assert.NotEmpty(example);
        var language = ((CSharpParseOptions)example[0].Options).LanguageVersion;
        var compilation = Compiler.Compile(
            OutputKind.DynamicallyLinkedLibrary, Compiler.ReferencesWithoutSample, [CodeBlock.Parse(CodeBlock.Usings, language), .. example]);
        return await compilation.WithAnalyzers(Analyzers).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
    }
}
