using DualDb.Migrations.Files;
using DualDb.Migrations.History;

namespace DualDb.Migrations.Running;

/// <summary>Undoes what a run has applied, the last first, in both databases. Where it breaks off, the next run goes on with it.</summary>
internal static class Compensation
{
    /// <summary>Undoes what the run has applied.</summary>
    /// <returns>What was undone, in the order in which that happened.</returns>
    /// <exception cref="MigrationFailedException">A way down failed: what comes before it stays applied, and the next run tries again.</exception>
    public static async Task<IReadOnlyList<MigrationId>> RunAsync(RunContext run, DualDbMigrations migrations, CancellationToken cancellationToken)
    {
        var history = await HistoryReader.ReadAsync(run.Databases.Neon, run.Databases.Supabase, run.Options.Home, cancellationToken).ConfigureAwait(false);
        var undone = new List<MigrationId>();
        foreach (var migration in migrations.Ordered.Reverse())
        {
            if (history.Rows.TryGetValue(migration.Id, out var row) && row.RunId == run.RunId && row.HasEffect)
            {
                await Step.UndoAsync(run, migration, row, cancellationToken).ConfigureAwait(false);
                undone.Add(migration.Id);
            }
        }

        return undone;
    }

    /// <summary>Refuses a plan that could not be undone, before anything of it is done.</summary>
    /// <exception cref="DualDbConfigurationException">A migration does not say how it is undone.</exception>
    public static void Require(MigrationPlan plan)
    {
        var oneWay = plan.Migrations.Where(static migration => !migration.HasDown).Select(static migration => migration.Id).ToList();
        if (oneWay.Count > 0)
        {
            throw new DualDbConfigurationException(
                $"MigrationOptions.OnFailure is Compensate, and these do not say how they are undone: {string.Join(", ", oneWay)}. Add a part '-- down:' to each ('-- down: none' where nothing is to be done, CanBeLeft for code), or let the run stop instead.");
        }
    }
}
