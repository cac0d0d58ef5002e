using DualDb.Migrations.Files;

namespace DualDb.Migrations.Preflight;

/// <summary>The parts <c>-- down:</c> of migrations as a plan of their own, so that a way back is looked at before it is gone as a way forward is.</summary>
internal static class StepsBack
{
    /// <summary>The way back of migrations.</summary>
    public static MigrationPlan Of(DualDbMigrations migrations, IReadOnlyCollection<MigrationId> ids) => new(Steps(migrations, ids), [], unfinished: null);

    /// <summary>A plan, with the way back where it may have to be gone at once: what it applies is undone then, and what the run that it goes on with has applied.</summary>
    public static MigrationPlan Beside(MigrationPlan plan, DualDbMigrations migrations, MigrationOptions options)
    {
        if (options.OnFailure != MigrationFailurePolicy.Compensate && !plan.IsUndoing)
        {
            return plan;
        }

        var earlier = plan.Unfinished?.Plan.Select(static name => MigrationId.TryParse(name, out var id) ? id : default) ?? [];
        return new MigrationPlan([.. plan.Migrations, .. Steps(migrations, [.. plan.Migrations.Select(static migration => migration.Id), .. earlier])], [], plan.Unfinished);
    }

    private static IReadOnlyList<PlannedMigration> Steps(DualDbMigrations migrations, IReadOnlyCollection<MigrationId> ids)
        => [.. migrations.Ordered.OfType<SqlMigration>().Where(static migration => migration.Down is { Count: > 0 }).Where(migration => ids.Contains(migration.Id))
            .Select(static migration => new PlannedMigration(migration with { Up = migration.Down!, Down = null }, row: null) { IsBack = true })];
}
