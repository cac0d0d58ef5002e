using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DualDb.Analyzers.Tests.Harness;

/// <summary>Compares what the analyzers report with what a source is marked to expect.</summary>
internal static class Verify
{
    /// <summary>
    /// The source yields exactly the marked diagnostics, in place; their messages, in the order of the file, are the given ones.
    /// </summary>
    public static Task ReportsAsync(string source, params string[] messages) => ReportsAsync([("Models.cs", source)], messages);

    public static async Task ReportsAsync((string Path, string Source)[] files, params string[] messages)
    {
        Assert.NotEmpty(messages);
        var (compilation, expectations) = Compile(files);
        Assert.NotEmpty(expectations);
        await ReportsAsync(compilation, expectations, messages);
    }

    public static async Task ReportsAsync(CSharpCompilation compilation, IReadOnlyList<Expectation> expectations, string[] messages)
    {
        var diagnostics = await AnalysisRun.RunAsync(Complete(compilation));
        Assert.Equal(
            expectations
                .OrderBy(static expected => expected.Path, StringComparer.Ordinal)
                .ThenBy(static expected => expected.Span)
                .ThenBy(static expected => expected.Id, StringComparer.Ordinal)
                .Select(static expected => $"{expected.Id} at {expected.Path}{expected.Span} {expected.Text}"),
            diagnostics.Select(Show));
        Assert.Equal(messages, diagnostics.Select(static diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture)));
    }

    /// <summary>The sources yield nothing.</summary>
    public static async Task IsSilentAsync(params string[] sources)
    {
        var files = sources.Select(static (source, i) => ($"Models{i}.cs", source)).ToArray();
        var (compilation, expectations) = Compile(files);
        Assert.Empty(expectations);
        Assert.Empty((await AnalysisRun.RunAsync(Complete(compilation))).Select(static diagnostic => diagnostic.ToString()));
    }

    // The analyzers see what the generator wrote. Whatever is wrong with a model, that must compile: only one's own files may have errors.
    private static CSharpCompilation Complete(CSharpCompilation compilation)
    {
        var completed = GeneratorRun.Complete(compilation);
        var written = compilation.SyntaxTrees.ToHashSet();
        var errors = completed.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Location.SourceTree is { } tree && !written.Contains(tree))
            .ToList();
        Assert.True(errors.Count == 0, string.Join('\n', errors));
        return completed;
    }

    public static (CSharpCompilation Compilation, IReadOnlyList<Expectation> Expectations) Compile(
        (string Path, string Source)[] files, LanguageVersion version = LanguageVersion.Latest)
    {
        var parsed = files.Select(file => (file.Path, Markup: Markup.Parse(file.Source, file.Path))).ToList();
        return (
            Project.Of(version, [.. parsed.Select(static file => (file.Path, file.Markup.Code))]),
            [.. parsed.SelectMany(static file => file.Markup.Expectations)]);
    }

    private static string Show(Diagnostic diagnostic)
    {
        var location = diagnostic.Location;
        return location.SourceTree is { } tree
            ? $"{diagnostic.Id} at {tree.FilePath}{location.SourceSpan} {tree.GetText().ToString(location.SourceSpan)}"
            : $"{diagnostic.Id} without a place";
    }
}
