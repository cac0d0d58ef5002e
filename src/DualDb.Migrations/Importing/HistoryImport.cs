using DualDb.Migrations.Files;
using DualDb.Migrations.History;
using DualDb.Migrations.Planning;
using DualDb.Migrations.Running;

namespace DualDb.Migrations.Importing;

/// <summary>Takes what another tool has applied for applied.</summary>
/// <param name="Import">What it comes to.</param>
/// <param name="Migrations">The migrations to record, in order.</param>
internal sealed record HistoryImport(MigrationImport Import, IReadOnlyList<Migration> Migrations)
{
    /// <summary>Compares both histories with the files.</summary>
    /// <exception cref="MigrationHistoryException">What was applied and what is at hand disagree; neither database has such a history; or it holds a migration that failed.</exception>
    public static async Task<HistoryImport> FindAsync(
        DualDbMigrations migrations, ForeignHistory foreign, string name, PostgresDatabase neon, PostgresDatabase supabase, MigrationOptions options, CancellationToken cancellationToken)
    {
        var history = await HistoryReader.ReadAsync(neon, supabase, options.Home, cancellationToken).ConfigureAwait(false);
        HistoryCheck.Run(migrations, history, options);
        var rows = await Task.WhenAll(foreign.ReadAsync(neon, cancellationToken), foreign.ReadAsync(supabase, cancellationToken)).ConfigureAwait(false);
        if (Array.TrueForAll(rows, static part => part is null))
        {
            throw new MigrationHistoryException($"Neither database has the history of {name}. Look where it is, and name its table with its schema.") { Disagreement = MigrationDisagreement.Import };
        }

        var matched = new FileMatching(migrations).Match([.. rows.SelectMany(static part => part ?? [])]);
        var found = matched.Where(static one => one.File is not null).Select(static one => one.File!.Id).ToHashSet();
        List<ForeignMigration> missing = [.. matched.Where(static one => one.File is null).Select(static one => one.Foreign)];
        var open = migrations.Ordered.Where(migration => found.Contains(migration.Id) && !IsApplied(history, migration.Id)).ToList();
        var before = migrations.Ordered.Select(static migration => migration.Id).Where(id => found.Contains(id) && IsApplied(history, id));
        return new HistoryImport(new MigrationImport([.. open.Select(static migration => migration.Id)], [.. before], missing), open);
    }

    /// <summary>Records what is not.</summary>
    public async Task RecordAsync(RunContext run, CancellationToken cancellationToken)
    {
        foreach (var migration in Migrations)
        {
            await Step.RecordAppliedAsync(run, migration, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsApplied(RecordedHistory history, MigrationId id) => history.Rows.TryGetValue(id, out var row) && row.IsApplied;
}
