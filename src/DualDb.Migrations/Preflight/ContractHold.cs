using DualDb.Migrations.Capture.Pausing;
using DualDb.Migrations.Files;
using DualDb.Migrations.Linting;
using DualDb.Migrations.Running;

namespace DualDb.Migrations.Preflight;

/// <summary>
/// Holds what takes something away from a synchronised table until all changes of its maps have arrived, and a comparison behind the last migration has found both sides equal: what is dropped cannot be compared any more.
/// </summary>
/// <param name="databases">Both databases.</param>
/// <param name="clock">For the time that changes on their way are waited for.</param>
internal sealed class ContractHold(RunDatabases databases, TimeProvider clock)
{
    /// <summary>What is in the way of a plan.</summary>
    public async Task<IReadOnlyList<MigrationObstacle>> ObstaclesAsync(MigrationPlan plan, CancellationToken cancellationToken)
    {
        // The way back of a contraction takes nothing away that would be compared: it brings back what was.
        var forward = plan.Migrations.Where(static planned => !planned.IsBack).ToList();

        // What a run has begun was looked at then, and its first statements may have taken away what would be compared.
        var held = forward.Where(static planned => planned is { Phase: MigrationPhase.Contract, Migration: SqlMigration migration } && !migration.Accepts.Contains(LintRules.Unverified, StringComparer.Ordinal))
            .Where(planned => plan.Unfinished?.Plan.Contains(planned.Id.ToString(), StringComparer.Ordinal) != true).ToList();
        if (held.Count == 0)
        {
            return [];
        }

        var maps = await SyncedMap.FindAsync(databases, cancellationToken).ConfigureAwait(false);
        var touched = maps.Select(map => (Map: map, By: held.Find(planned => Names(planned, map)))).Where(static one => one.By is not null).ToList();
        var obstacles = new List<MigrationObstacle>();
        var last = touched.Count == 0 ? null : await MapState.LastMigrationAsync(databases, cancellationToken).ConfigureAwait(false);
        foreach (var (map, by) in touched)
        {
            var earlier = forward.Find(planned => planned.Phase != MigrationPhase.Contract && Names(planned, map));
            var reasons = earlier is not null
                ? [$"the plan changes it as well ({earlier.Id}): apply that first (dualdb migrations up --through switch), and compare both sides behind it ({Verify(map)})"]
                : (await MapState.ReadAsync(databases, map, clock, cancellationToken).ConfigureAwait(false)).Reasons(last, Verify(map)).ToList();
            obstacles.AddRange(reasons.Select(reason => new MigrationObstacle(
                by!.Id.Database, $"{by.Source} is of the phase contract and held, since the map {map.Name} ({map.From} in {map.Source} to {map.To} in {map.Target}) touches its tables: {reason}. Write '-- accept: {LintRules.Unverified}' and the reason into its header to run it nevertheless")));
        }

        return obstacles;
    }

    private static string Verify(SyncedMap map) => $"dualdb sync verify --map {map.Name}";

    private static bool Names(PlannedMigration planned, SyncedMap map)
    {
        var here = new[] { (Database: map.Source, Table: map.From), (Database: map.Target, Table: map.To) }.Where(side => side.Database == planned.Id.Database).Select(static side => new SyncedTable(side.Table.Schema, side.Table.Name)).ToList();
        return here.Count > 0 && NamedTables.In(PendingStatements.Of(planned).Select(static one => one.Statement), here).Count > 0;
    }
}
