using DualDb.Analyzers.Rules;
using DualDb.Migrations;
using DualDb.Migrations.Files;
using DualDb.Migrations.Planning;
using Microsoft.CodeAnalysis;

namespace DualDb.Analyzers.Migrations;

/// <summary>Reads files of migrations as a run does, and goes on behind what it would stop at.</summary>
/// <param name="files">The files.</param>
/// <param name="code">The migrations of code beside them.</param>
internal sealed class MigrationChecks(IReadOnlyList<MigrationFile> files, CodeMigrations code)
{
    private readonly Dictionary<MigrationId, ReadFile> _byId = [];
    private readonly HashSet<MigrationId> _unreadable = [];

    public void Run(Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            Try(MigrationRules.Unreadable, file, () => Read(file, report, cancellationToken));
        }

        foreach (var file in _byId.Values)
        {
            Try(MigrationRules.UnknownRequirement, file.File, () => RefuseUnknown(file));
        }

        var ordered = MigrationOrder.Sort([.. _byId.Values], _byId);
        if (ordered.Count < _byId.Count)
        {
            var circle = MigrationOrder.Circle(_byId, ordered);
            foreach (var file in files)
            {
                if (file.Path == circle.File)
                {
                    Report(MigrationRules.Circle, file, circle);
                }
            }
        }

        void Try(DiagnosticDescriptor rule, MigrationFile file, Action action)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                action();
            }
            catch (MigrationFileException refused)
            {
                Report(rule, file, refused);
            }
        }

        void Report(DiagnosticDescriptor rule, MigrationFile file, MigrationFileException refused)
            => report(Diagnostic.Create(rule, file.At(refused.Line, cancellationToken), file.Path, refused.Message));
    }

    private void Read(MigrationFile file, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        var id = FileNames.IdOf(file.Path);
        if (_byId.TryGetValue(id, out var other))
        {
            report(Diagnostic.Create(MigrationRules.Duplicate, file.At(null, cancellationToken), file.Path, $"{id} was found in {other.Source} as well; rename one of the two"));
            return;
        }

        _unreadable.Add(id);
        var header = MigrationText.Parse(file.Path, file.File.GetText(cancellationToken)?.ToString() ?? "").Header;
        _unreadable.Remove(id);
        _byId.Add(id, new ReadFile(file, id, header));
    }

    // A file that cannot be read is there all the same, and is told of once.
    private void RefuseUnknown(ReadFile file)
    {
        var sure = new List<MigrationId>(file.Requires);
        sure.RemoveAll(id => code.HasUnknown || code.Contains(id) || _unreadable.Contains(id));
        MigrationOrder.RefuseUnknown(file with { Requires = sure }, _byId);
    }

    /// <summary>A file that was read.</summary>
    private sealed record ReadFile(MigrationFile File, MigrationId Id, MigrationHeader Header) : IOrderedMigration
    {
        public string Source => File.Path;

        public IReadOnlyList<MigrationId> Requires { get; init; } = Header.Requires;

        public int? RequiresLine => Header.RequiresLine;
    }
}
