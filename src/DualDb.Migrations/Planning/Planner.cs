using DualDb.Migrations.Files;
using DualDb.Migrations.History;

namespace DualDb.Migrations.Planning;

/// <summary>Finds out what has to be applied.</summary>
internal static class Planner
{
    /// <summary>Compares the migrations at hand with what was applied.</summary>
    /// <exception cref="MigrationHistoryException">They disagree.</exception>
    public static MigrationPlan Plan(DualDbMigrations migrations, RecordedHistory history, MigrationOptions options, SeedPlan seeds)
    {
        HistoryCheck.Run(migrations, history, options);
        var pending = new List<Migration>();
        var deferred = new HashSet<MigrationId>();
        var repeatables = new Repeatables(migrations, history);
        foreach (var migration in migrations.Ordered)
        {
            if (migration.Id.IsRepeatable ? !repeatables.IsPending(migration) : history.Rows.TryGetValue(migration.Id, out var row) && row.IsApplied)
            {
                continue;
            }

            if (migration.Phase > (options.Through ?? MigrationPhase.Contract) || migration.Requires.Any(deferred.Contains))
            {
                deferred.Add(migration.Id);
            }
            else
            {
                pending.Add(migration);
            }
        }

        OrderCheck.Run(pending, history, options);
        var unfinished = history.Unfinished;
        return new MigrationPlan(
            [.. pending.Select(migration => new PlannedMigration(migration, history.Rows.GetValueOrDefault(migration.Id)))],
            [.. migrations.Ordered.Select(static migration => migration.Id).Where(deferred.Contains)],
            unfinished,
            options.Seeds ? seeds : SeedPlan.None) { SeedsOfBrokenRun = seeds.OfRun(unfinished) };
    }
}
