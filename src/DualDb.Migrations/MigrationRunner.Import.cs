using DualDb.Migrations.Importing;

namespace DualDb.Migrations;

/// <summary>What another tool has applied.</summary>
public sealed partial class MigrationRunner
{
    /// <summary>
    /// Takes what another tool has applied for applied, without running it: the files at hand that stand for its migrations are recorded with their present text. Which one stands for which is told by the time
    /// (<c>20260101120000_CreateOrders</c> by <c>20260101T1200_create_orders</c>), and where that tells nothing, by the name. Both databases are looked at. The other tool's table is not written.
    /// </summary>
    /// <param name="source">The tool.</param>
    /// <param name="table">Its table, with its schema, as <c>public.flyway_schema_history</c>; null looks for the one of the tool's name.</param>
    /// <param name="dryRun">Whether nothing is recorded: to see what would be.</param>
    /// <param name="cancellationToken">Cancels the call; what was recorded until then stays.</param>
    /// <exception cref="MigrationHistoryException">Neither database has such a history, it holds a migration that failed, or what was applied and what is at hand disagree. Nothing was recorded.</exception>
    /// <exception cref="MigrationPreflightException">A database could not be written to. Neither was changed.</exception>
    /// <exception cref="MigrationLockedException">Another migrator was at work for too long.</exception>
    /// <exception cref="DualDbException">A database could not be read.</exception>
    public async Task<MigrationImport> ImportHistoryAsync(MigrationHistorySource source, string? table = null, bool dryRun = false, CancellationToken cancellationToken = default)
    {
        var foreign = new ForeignHistory(source, table);
        var found = await HistoryImport.FindAsync(_migrations, foreign, table ?? source.ToString(), _root.Neon, _root.Supabase, _options, cancellationToken).ConfigureAwait(false);
        if (dryRun || found.Migrations.Count == 0)
        {
            return found.Import;
        }

        return await UnderLockAsync(
            new MigrationPlan([], [], unfinished: null),
            async (databases, both, drift) =>
            {
                var now = await HistoryImport.FindAsync(_migrations, foreign, table ?? source.ToString(), databases.Neon, databases.Supabase, _options, both.Token).ConfigureAwait(false);
                await drift.LookAsync(both.Token).ConfigureAwait(false);
                await now.RecordAsync(await BeginAsync(databases, both).ConfigureAwait(false), both.Token).ConfigureAwait(false);
                return now.Import with { Drift = drift.Found };
            },
            cancellationToken).ConfigureAwait(false);
    }
}
