using DualDb.Migrations.History;
using DualDb.Migrations.Planning;

namespace DualDb.Migrations.Running;

/// <summary>Records migrations that a database holds already.</summary>
internal static class Baseline
{
    /// <summary>Records all of one database up to a last one.</summary>
    /// <returns>What was recorded.</returns>
    /// <exception cref="MigrationHistoryException">What was applied and what is at hand disagree.</exception>
    public static async Task<IReadOnlyList<MigrationId>> RecordAsync(RunContext run, DualDbMigrations migrations, MigrationId last, CancellationToken cancellationToken)
    {
        var history = await HistoryReader.ReadAsync(run.Databases.Neon, run.Databases.Supabase, run.Options.Home, cancellationToken).ConfigureAwait(false);
        HistoryCheck.Run(migrations, history, run.Options);
        var recorded = new List<MigrationId>();
        foreach (var migration in migrations.Ordered.Where(migration => migration.Id.Database == last.Database && migration.Id <= last))
        {
            if (!history.Rows.TryGetValue(migration.Id, out var row) || !row.IsApplied)
            {
                await Step.RecordAppliedAsync(run, migration, cancellationToken).ConfigureAwait(false);
                recorded.Add(migration.Id);
            }
        }

        return recorded;
    }
}
