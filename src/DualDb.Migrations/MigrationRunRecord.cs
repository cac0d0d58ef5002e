namespace DualDb.Migrations;

/// <summary>A run of migrations, as the home database remembers it.</summary>
/// <param name="RunId">Which it is.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Migrations">The migrations of its plan, in order, each as <c>neon/20260101T1200_create_orders</c>.</param>
public sealed record MigrationRunRecord(Guid RunId, MigrationRunState State, IReadOnlyList<string> Migrations)
{
    /// <summary>Whether it undoes migrations since somebody asked for that.</summary>
    public bool IsDown { get; init; }

    /// <summary>The hash of its plan; <c>down</c> where it undoes.</summary>
    public required string PlanHash { get; init; }

    /// <summary>Who started it last.</summary>
    public required string Actor { get; init; }

    /// <summary>The version of the library that ran it last.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>How often it was started: once, and again each time it went on.</summary>
    public int Starts { get; init; }

    /// <summary>When it was started for the first time.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it came to its end; null where it has not.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Why it failed last; null where it did not.</summary>
    public string? Error { get; init; }
}

/// <summary>How far a run has come.</summary>
public enum MigrationRunState
{
    /// <summary>It runs, or broke off; the next run goes on with it.</summary>
    Running = 0,

    /// <summary>A migration failed; the next run goes on with it.</summary>
    Failed,

    /// <summary>It undoes what was applied, or that broke off.</summary>
    Compensating,

    /// <summary>All was undone.</summary>
    Compensated,

    /// <summary>All was applied.</summary>
    Succeeded,
}
