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
    private readonly Dictionary<MigrationId, Entry> _byId = [];
    private readonly HashSet<MigrationId> _unreadable = [];

    public void Run(Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            Try(MigrationRules.Unreadable, file.Path, line => file.At(line, cancellationToken), () => Read(file, report, cancellationToken));
        }

        foreach (var one in code.Known)
        {
            // Where a class is not seen to be registered, it is no second one: it may be there for tests, or for another application.
            if (code.IsUsed(one) || !_byId.ContainsKey(one.Id))
            {
                Add(new Entry(one.Id, one.Source, one.Requires, null, _ => one.RequiresAt), one.At, report);
            }
        }

        foreach (var entry in _byId.Values)
        {
            Try(MigrationRules.UnknownRequirement, entry.Source, entry.At, () => RefuseUnknown(entry));
        }

        var ordered = MigrationOrder.Sort([.. _byId.Values], _byId);
        if (ordered.Count < _byId.Count)
        {
            var circle = MigrationOrder.Circle(_byId, ordered);
            foreach (var entry in _byId.Values)
            {
                if (string.Equals(entry.Source, circle.File, StringComparison.Ordinal))
                {
                    Report(MigrationRules.Circle, entry.Source, entry.At, circle);
                    break;
                }
            }
        }

        void Try(DiagnosticDescriptor rule, string source, Func<int?, Location> at, Action action)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                action();
            }
            catch (MigrationFileException refused)
            {
                Report(rule, source, at, refused);
            }
        }

        void Report(DiagnosticDescriptor rule, string source, Func<int?, Location> at, MigrationFileException refused) => report(Diagnostic.Create(rule, at(refused.Line), source, refused.Message));
    }

    private void Read(MigrationFile file, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        var id = FileNames.IdOf(file.Path);
        if (_byId.ContainsKey(id))
        {
            Add(new Entry(id, file.Path, [], null, line => file.At(line, cancellationToken)), file.At(null, cancellationToken), report);
            return;
        }

        _unreadable.Add(id);
        var header = MigrationText.Parse(file.Path, file.File.GetText(cancellationToken)?.ToString() ?? "").Header;
        HeaderRefusals.Require(id, file.Path, header);
        _unreadable.Remove(id);
        _byId.Add(id, new Entry(id, file.Path, header.Requires, header.RequiresLine, line => file.At(line, cancellationToken)));
    }

    private void Add(Entry entry, Location at, Action<Diagnostic> report)
    {
        if (_byId.TryGetValue(entry.Id, out var other))
        {
            report(Diagnostic.Create(MigrationRules.Duplicate, at, entry.Source, $"{entry.Id} was found in {other.Source} as well; rename one of the two"));
        }
        else if (!_unreadable.Contains(entry.Id))
        {
            _byId.Add(entry.Id, entry);
        }
    }

    // A file that cannot be read is there all the same, and is told of once.
    private void RefuseUnknown(Entry entry)
    {
        var sure = new List<MigrationId>(entry.Requires);
        sure.RemoveAll(id => code.HasUnknown || _unreadable.Contains(id));
        MigrationOrder.RefuseUnknown(entry with { Requires = sure }, _byId);
    }

    /// <summary>A file that was read, or a migration of code.</summary>
    private sealed record Entry(MigrationId Id, string Source, IReadOnlyList<MigrationId> Requires, int? RequiresLine, Func<int?, Location> At) : IOrderedMigration;
}
