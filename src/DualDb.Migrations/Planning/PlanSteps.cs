using System.Security.Cryptography;
using System.Text;
using DualDb.Migrations.History;

namespace DualDb.Migrations.Planning;

/// <summary>What a plan is to do, step by step, as the journal keeps it: each migration and each file of rows with a hash of all that counts of it. A run that goes on can be held to it.</summary>
internal static class PlanSteps
{
    /// <summary>The steps of a plan.</summary>
    public static IReadOnlyList<string> Of(MigrationPlan plan) =>
    [
        .. plan.Migrations.Select(static migration => Step(migration.Id, PlanHash.LineOf(migration))),
        .. plan.Seeding.Pending.Select(static pending => Step(pending.Seed.Id, PlanHash.LineOf(pending.Seed, pending.Checksum))),
    ];

    /// <summary>Whether a plan is what is left of a run, and nothing of it was changed since.</summary>
    public static bool AreRestOf(MigrationPlan plan, RunRow run) => run.Steps is { } steps
        ? Of(plan).All(steps.Contains)
        : plan.Migrations.All(migration => run.Plan.Contains(migration.Id.ToString(), StringComparer.Ordinal));

    /// <summary>Whether a file of rows belongs to a run; where an earlier version began it, nobody knows.</summary>
    public static bool Holds(RunRow run, MigrationId seed) => run.Steps?.Any(step => string.Equals(IdOf(step), seed.ToString(), StringComparison.Ordinal)) == true;

    /// <summary>What the journal says of a run that begins, or goes on: by the plan that it began with, as long as nothing else is done.</summary>
    public static (string Hash, IReadOnlyList<string> Steps) ToJournal(MigrationPlan plan)
    {
        var steps = Of(plan);
        if (plan.Unfinished is not { } run)
        {
            return (plan.Hash, steps);
        }

        var ids = steps.Select(IdOf).ToHashSet(StringComparer.Ordinal);
        return (AreRestOf(plan, run) ? run.PlanHash : plan.Hash, [.. (run.Steps ?? []).Where(step => !ids.Contains(IdOf(step))), .. steps]);
    }

    /// <summary>The migration, or the file of rows, of a run that its error names; the last one where it names none, as where a run was killed.</summary>
    public static MigrationId? FailedOf(RunRow run)
    {
        var names = run.Plan.Union((run.Steps ?? []).Select(IdOf), StringComparer.Ordinal).ToList();
        var named = names.Where(name => run.Error?.Contains(name, StringComparison.Ordinal) == true).MaxBy(static name => name.Length) ?? names.LastOrDefault();
        return named?.Split('/', 2) is [var folder, var name] && MigrationId.TryParseDatabase(folder, out var database) ? new MigrationId(database, name) : null;
    }

    private static string Step(MigrationId id, string line) => $"{id} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)).AsSpan(0, 16))}";

    // The hash is behind the last blank: names of seeds may hold some.
    private static string IdOf(string step) => step[..step.LastIndexOf(' ')];
}
