using DualDb.Migrations.History;

namespace DualDb.Migrations.Planning;

/// <summary>Holds a run to the plan that was made for it.</summary>
internal static class PlanApproval
{
    /// <summary>Makes sure that a plan is the one that was approved, or what is left of it.</summary>
    /// <exception cref="MigrationHistoryException">It is another one.</exception>
    public static void Require(MigrationPlan plan, MigrationOptions options)
    {
        if (options.PlanHash is not { } approved || plan.IsEmpty || string.Equals(approved, plan.Hash, StringComparison.Ordinal) || IsRestOf(plan, plan.Unfinished, approved))
        {
            return;
        }

        throw new MigrationHistoryException(
            $"The plan is {plan.Hash}, and {approved} was approved (MigrationOptions.PlanHash): the migrations, or what was applied of them, have changed since. Read the new plan and approve it.")
        {
            Disagreement = MigrationDisagreement.OtherPlan,
        };
    }

    /// <summary>What a plan made under the lock has in common with the one that the caller made before it.</summary>
    /// <exception cref="MigrationHistoryException">There is something in it that the caller's lacks.</exception>
    public static MigrationPlan Narrow(MigrationPlan callers, MigrationPlan now)
    {
        now = callers.IsRestOfBrokenRun ? now.RestOfBrokenRun() : now;
        var known = callers.Migrations.Select(static migration => (migration.Id, migration.Checksum)).ToHashSet();
        var other = now.Migrations.FirstOrDefault(migration => !known.Contains((migration.Id, migration.Checksum)));
        return other is null
            ? now
            : throw new MigrationHistoryException($"{other.Id} is pending and is not in the plan: it was taken back since the plan was made, or the plan is of other migrations. Make a new plan.")
            {
                Database = other.Id.Database, Id = other.Id, Disagreement = MigrationDisagreement.OtherPlan,
            };
    }

    private static bool IsRestOf(MigrationPlan plan, RunRow? unfinished, string approved)
        => unfinished is not null
            && string.Equals(unfinished.PlanHash, approved, StringComparison.Ordinal)
            && PlanSteps.AreRestOf(plan, unfinished);
}
