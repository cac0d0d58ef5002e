using System.Globalization;
using System.Text;

namespace DualDb.Migrations.Planning;

/// <summary>A plan for people.</summary>
internal static class PlanText
{
    public static string Of(MigrationPlan plan)
    {
        var text = new StringBuilder();
        var count = plan.Migrations.Count;
        text.Append(CultureInfo.InvariantCulture, $"plan {plan.Hash}: ").Append(count switch { 0 => "nothing to apply", 1 => "1 migration", _ => count.ToString(CultureInfo.InvariantCulture) + " migrations" });
        if (plan.Resumes is { } run)
        {
            text.Append(CultureInfo.InvariantCulture, $", going on with run {run}");
        }

        var width = plan.Migrations.Select(static migration => migration.Id.ToString().Length).DefaultIfEmpty().Max();
        for (var i = 0; i < count; i++)
        {
            Append(text, plan.Migrations[i], i + 1, width, isLast: i == count - 1 && plan.Deferred.Count == 0 && plan.Seeds.Count == 0);
        }

        if (plan.Seeds.Count > 0)
        {
            text.Append(plan.Deferred.Count > 0 ? "\n├─ rows: " : "\n└─ rows: ").AppendJoin(", ", plan.Seeds);
        }

        if (plan.Deferred.Count > 0)
        {
            text.Append("\n└─ of a later phase: ").AppendJoin(", ", plan.Deferred);
        }

        if (plan.ChangedSeeds.Count > 0)
        {
            text.Append("\nchanged since they were run, and not run again: ").AppendJoin(", ", plan.ChangedSeeds);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, PlannedMigration migration, int number, int width, bool isLast)
    {
        text.Append(isLast ? "\n└─ " : "\n├─ ")
            .Append(CultureInfo.InvariantCulture, $"{number}. {migration.Id.ToString().PadRight(width)}  {(migration.Id.IsRepeatable ? "repeatable" : NameOf(migration.Phase))}, {WorkOf(migration)}");
        var rail = isLast ? "\n   " : "\n│  ";
        for (var i = 0; i < migration.Requires.Count; i++)
        {
            text.Append(rail).Append(i == migration.Requires.Count - 1 ? "   └─ after " : "   ├─ after ").Append(migration.Requires[i]);
        }
    }

    private static string WorkOf(PlannedMigration migration)
    {
        var work = (migration.Statements - migration.Moves.Count) switch { 0 => migration.Moves.Count > 0 ? "" : "code", 1 => "1 statement", var many => many.ToString(CultureInfo.InvariantCulture) + " statements" };
        return string.Join(", ", MovesOf(migration).Append(work).Where(static part => part.Length > 0))
            + (migration.Batch is { } batch ? string.Create(CultureInfo.InvariantCulture, $", {batch} rows at a time") : "")
            + (migration.LeavesTransactions ? ", not all in transactions" : "")
            + (migration.Done > 0 ? string.Create(CultureInfo.InvariantCulture, $", {migration.Done} done already") : "");
    }

    private static IEnumerable<string> MovesOf(PlannedMigration migration)
    {
        var (here, there) = migration.Id.Database == Database.Neon ? (Database.Neon, Database.Supabase) : (Database.Supabase, Database.Neon);
        return migration.Moves.Select(move => migration.Phase switch
        {
            MigrationPhase.Backfill => $"copies {move} from {there}",
            MigrationPhase.Switch => $"brings the rest of {move} from {there}, where it takes no more writes",
            _ => $"makes sure that nothing was written to {move} in {here} since",
        });
    }

    internal static string NameOf(MigrationPhase phase) => phase switch
    {
        MigrationPhase.Expand => "expand",
        MigrationPhase.Backfill => "backfill",
        MigrationPhase.Switch => "switch",
        _ => "contract",
    };
}
