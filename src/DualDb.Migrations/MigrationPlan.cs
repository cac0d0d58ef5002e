using DualDb.Migrations.History;
using DualDb.Migrations.Planning;

namespace DualDb.Migrations;

/// <summary>What a run will apply, in order, over both databases. It is made by <see cref="MigrationRunner.PlanAsync"/> and changes nothing.</summary>
public sealed class MigrationPlan
{
    internal MigrationPlan(IReadOnlyList<PlannedMigration> migrations, IReadOnlyList<MigrationId> deferred, RunRow? unfinished, SeedPlan? seeds = null)
    {
        Seeding = seeds ?? SeedPlan.None;
        Migrations = migrations;
        Deferred = deferred;
        Unfinished = unfinished;
        Hash = PlanHash.Of(migrations, Seeding);
    }

    /// <summary>The migrations, in the order in which they are applied.</summary>
    public IReadOnlyList<PlannedMigration> Migrations { get; }

    /// <summary>Migrations of later phases than <see cref="MigrationOptions.Through"/>, and what requires them.</summary>
    public IReadOnlyList<MigrationId> Deferred { get; }

    /// <summary>The files of rows that are run behind them, each as <c>neon/seeds/countries</c>; none where <see cref="MigrationOptions.Seeds"/> does not ask for them.</summary>
    public IReadOnlyList<MigrationId> Seeds => Seeding.Ids;

    /// <summary>Files of rows that were run and have been changed since. They are not run again.</summary>
    public IReadOnlyList<MigrationId> ChangedSeeds => Seeding.Changed;

    /// <summary>A hash of ids, order, statements, and what the files say of how they are run and undone: two plans of the same hash do the same. Of migrations of code, the id alone.</summary>
    public string Hash { get; }

    /// <summary>The run that broke off or failed, with which this plan goes on; null where none did.</summary>
    public Guid? Resumes => Unfinished?.RunId;

    /// <summary>Whether nothing is to be done. A run that broke off behind its last statement still has to be brought to its end.</summary>
    public bool IsEmpty => Migrations.Count == 0 && Seeds.Count == 0 && Unfinished is null;

    /// <summary>Whether the run that it goes on with was undoing what had been applied.</summary>
    public bool IsUndoing => Unfinished is { IsCompensating: true };

    /// <summary>
    /// What the run that broke off has left, also of files of rows, and what that requires: nothing else that is pending. It is what <c>dualdb migrations resume</c> runs, so that a run that was held to an approved plan, or to
    /// <see cref="MigrationOptions.Through"/>, ends with that plan. Where no run broke off, the plan is empty.
    /// </summary>
    /// <returns>The smaller plan.</returns>
    public MigrationPlan RestOfBrokenRun()
    {
        var begun = Begun.ToHashSet();
        foreach (var migration in Migrations.Reverse().Where(migration => begun.Contains(migration.Id)))
        {
            begun.UnionWith(migration.Requires);
        }

        return new MigrationPlan(
            [.. Migrations.Where(migration => begun.Contains(migration.Id))],
            [.. Migrations.Select(static migration => migration.Id).Where(id => !begun.Contains(id)), .. Deferred],
            Unfinished,
            SeedsOfBrokenRun) { IsRestOfBrokenRun = true, SeedsOfBrokenRun = SeedsOfBrokenRun };
    }

    /// <summary>What the run that broke off was to apply, and has not; nothing where none did.</summary>
    public IReadOnlyList<MigrationId> Begun => [.. Migrations.Select(static migration => migration.Id).Where(id => Unfinished is { } broken && broken.Plan.Contains(id.ToString(), StringComparer.Ordinal))];

    internal bool IsRestOfBrokenRun { get; private init; }

    internal RunRow? Unfinished { get; }

    internal SeedPlan Seeding { get; }

    internal SeedPlan SeedsOfBrokenRun { get; init; } = SeedPlan.None;

    /// <summary>The plan as a tree of text, for people.</summary>
    public override string ToString() => PlanText.Of(this);

    /// <summary>The plan as a JSON document, for tools and for approval in a pipeline.</summary>
    public string ToJson() => PlanJson.Of(this);
}
