using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

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

    public static async Task ReportsAsync(CSharpCompilation compilation, IReadOnlyList<Expectation> expectations, string[] messages, AnalyzerOptions? options = null)
    {
        var diagnostics = await AnalysisRun.RunAsync(compilation, options);
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
        Assert.Empty((await AnalysisRun.RunAsync(compilation)).Select(static diagnostic => diagnostic.ToString()));
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
