using DualDb.Migrations.Files;
using DualDb.Migrations.History;

namespace DualDb.Migrations.Running;

/// <summary>Undoes what a run has applied, the last first, in both databases. Where it breaks off, the next run goes on with it.</summary>
internal static class Compensation
{
    /// <summary>What a run has applied, also in part, in the order in which it is undone.</summary>
    public static async Task<IReadOnlyList<(Migration Migration, HistoryRow Row)>> FindAsync(RunContext run, DualDbMigrations migrations, CancellationToken cancellationToken)
    {
        var history = await HistoryReader.ReadAsync(run.Databases.Neon, run.Databases.Supabase, run.Options.Home, cancellationToken).ConfigureAwait(false);
        return
        [
            .. migrations.Ordered.Reverse()
                .Where(migration => history.Rows.TryGetValue(migration.Id, out var row) && row.RunId == run.RunId && row.HasEffect)
                .Select(migration => (migration, history.Rows[migration.Id])),
        ];
    }

    /// <summary>Undoes it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="undoing">What is undone, in this order.</param>
    /// <param name="undone">Receives what was.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="MigrationFailedException">A way down failed: what comes before it stays applied, and the next run tries again.</exception>
    /// <exception cref="WayBackClosedException">A switch cannot be taken back by now.</exception>
    public static async Task RunAsync(RunContext run, IEnumerable<(Migration Migration, HistoryRow Row)> undoing, List<MigrationId> undone, CancellationToken cancellationToken)
    {
        foreach (var (migration, row) in undoing)
        {
            await WayBack.UndoAsync(run, migration, row, cancellationToken).ConfigureAwait(false);
            undone.Add(migration.Id);
        }
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
