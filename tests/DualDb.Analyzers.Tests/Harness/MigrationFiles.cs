using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace DualDb.Analyzers.Tests.Harness;

/// <summary>Files of migrations as the compiler hands them over: additional files with the mark of the package's targets.</summary>
internal static class MigrationFiles
{
    private const string Mark = "build_metadata.AdditionalFiles.DualDbMigration";

    public static AnalyzerOptions OptionsOf(IReadOnlyList<(string Path, string Text)> files)
    {
        var texts = files.Select(static file => (AdditionalText)new Text("migrations/" + file.Path, file.Text)).ToImmutableArray();
        return new AnalyzerOptions(texts, new Options());
    }

    private sealed class Text(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }

    private sealed class Options : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Metadata(null);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile)
            => new Metadata(textFile.Path.EndsWith(".sql", StringComparison.Ordinal) ? textFile.Path["migrations/".Length..] : null);
    }

    private sealed class Metadata(string? mark) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, out string value)
        {
            value = mark ?? "";
            return mark is not null && string.Equals(key, Mark, StringComparison.OrdinalIgnoreCase);
        }
    }
}
