using DualDb.Migrations.Files;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace DualDb.Analyzers.Migrations;

/// <summary>A file of migrations that a project has.</summary>
/// <param name="File">The file.</param>
/// <param name="Path">Its path within the folder of migrations, with slashes.</param>
internal sealed record MigrationFile(AdditionalText File, string Path)
{
    /// <summary>How the targets of the package mark additional files.</summary>
    private const string Mark = "build_metadata.AdditionalFiles.DualDbMigration";

    /// <summary>The files of a project, in the order of their paths.</summary>
    public static IReadOnlyList<MigrationFile> Of(AnalyzerOptions options)
    {
        var files = new List<MigrationFile>();
        foreach (var file in options.AdditionalFiles)
        {
            if (options.AnalyzerConfigOptionsProvider.GetOptions(file).TryGetValue(Mark, out var path) && path.Length > 0)
            {
                path = path.Replace('\\', '/');
                if (!FileNames.IsSeed(path))
                {
                    files.Add(new MigrationFile(file, path));
                }
            }
        }

        files.Sort(static (left, right) => string.CompareOrdinal(left.Path, right.Path));
        return files;
    }

    /// <summary>A line of it, from 1; the first one for null.</summary>
    public Location At(int? line, CancellationToken cancellationToken)
    {
        var lines = File.GetText(cancellationToken)?.Lines;
        var index = (line ?? 1) - 1;
        if (lines is null || index >= lines.Count)
        {
            return Location.Create(File.Path, default, default);
        }

        var span = lines[index].Span;
        return Location.Create(File.Path, span, new LinePositionSpan(new LinePosition(index, 0), new LinePosition(index, span.Length)));
    }
}
