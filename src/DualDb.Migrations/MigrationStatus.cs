namespace DualDb.Migrations;

/// <summary>How the migrations of both databases stand.</summary>
/// <param name="Migrations">Those at hand, in the order in which they are applied, then those that the history alone knows.</param>
/// <param name="UnfinishedRun">The run that broke off or failed, or is under way; null where there is none.</param>
public sealed record MigrationStatus(IReadOnlyList<MigrationStanding> Migrations, UnfinishedMigrationRun? UnfinishedRun)
{
    /// <summary>Tables that take writes in neither database, since the switch of their move is under way or broke off; looked for where <see cref="UnfinishedRun"/> is something.</summary>
    public IReadOnlyList<StoppedWrites> StoppedWrites { get; init; } = [];

    /// <summary>How many are to be applied, also to their end.</summary>
    public int Pending => Migrations.Count(static migration => migration.State is MigrationStandingState.Pending or MigrationStandingState.Applying);

    /// <summary>
    /// Those that an unfinished run has planned and not applied, while it has applied others of its plan to the other database: both schemas are at different places. Empty where no run broke off. One that is pending in one
    /// database alone is none of these, as long as nobody has begun it: a contract may be left for later. Nor are those of a run that is under way.
    /// </summary>
    public IReadOnlyList<MigrationId> HalfApplied
    {
        get
        {
            var planned = UnfinishedRun is { IsUnderWay: false } run ? Migrations.Where(migration => run.Planned.Contains(migration.Id.ToString(), StringComparer.Ordinal)).ToList() : [];
            return [.. planned.Where(migration => migration.State is not MigrationStandingState.Applied && planned.Exists(other => other.Id.Database != migration.Id.Database && other.State is MigrationStandingState.Applied)).Select(static migration => migration.Id)];
        }
    }
}

/// <summary>A run that broke off or failed, or is under way.</summary>
/// <param name="RunId">Which it is.</param>
/// <param name="IsUndoing">Whether it was undoing what had been applied.</param>
/// <param name="Error">Why it failed; null where it broke off.</param>
public sealed record UnfinishedMigrationRun(Guid RunId, bool IsUndoing, string? Error)
{
    /// <summary>The migrations of its plan, in order, each as <c>neon/20260101T1200_create_orders</c>.</summary>
    public IReadOnlyList<string> Planned { get; init; } = [];

    /// <summary>Whether a migrator holds the lock just now: then it has not broken off.</summary>
    public bool IsUnderWay { get; init; }
}

/// <summary>How one migration stands.</summary>
/// <param name="Id">Which it is.</param>
/// <param name="State">How it stands.</param>
/// <param name="IsAtHand">Whether its file, or its code, is at hand.</param>
/// <param name="IsChanged">Whether what was applied of it is another text than the one at hand.</param>
public sealed record MigrationStanding(MigrationId Id, MigrationStandingState State, bool IsAtHand, bool IsChanged)
{
    /// <summary>Its phase; <see cref="MigrationPhase.Expand"/> where neither file nor code is at hand.</summary>
    public MigrationPhase Phase { get; init; }

    /// <summary>What it says that it requires, also of the other database; empty where neither file nor code is at hand.</summary>
    public IReadOnlyList<MigrationId> Requires { get; init; } = [];

    /// <summary>How many of its statements, or batches, have been done.</summary>
    public int Done { get; init; }

    /// <summary>How many statements it has; 0 for one of code or not at hand.</summary>
    public int Statements { get; init; }

    /// <summary>Whether a statement outside of transactions was begun of which nobody has said that it is done.</summary>
    public bool IsStatementOpen { get; init; }

    /// <summary>When it was applied or undone; null where it is not.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>How long it took; null where nothing was done.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Who ran it last; null for nobody.</summary>
    public string? Actor { get; init; }

    /// <summary>Why it failed last; null where it did not.</summary>
    public string? Error { get; init; }
}

/// <summary>How a migration stands.</summary>
public enum MigrationStandingState
{
    /// <summary>It was not begun, or was undone.</summary>
    Pending = 0,

    /// <summary>It is begun: it failed, broke off, or runs.</summary>
    Applying,

    /// <summary>It is applied.</summary>
    Applied,

    /// <summary>It is being undone, or that broke off.</summary>
    Reverting,
}
