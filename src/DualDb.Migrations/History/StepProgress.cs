using DualDb.Migrations.Files;
using DualDb.Migrations.Planning;

namespace DualDb.Migrations.History;

/// <summary>How far a migration has come: what its row says, and will say.</summary>
/// <param name="Migration">The migration.</param>
/// <param name="State">One of <see cref="MigrationState"/>.</param>
/// <param name="Done">How many statements or batches have been committed.</param>
internal sealed record StepProgress(Migration Migration, string State, int Done)
{
    /// <summary>How many statements of the way down have been committed.</summary>
    public int Undone { get; init; }

    /// <summary>Where the next batch begins.</summary>
    public string? Cursor { get; init; }

    /// <summary>The statement outside of transactions that is begun; null for none.</summary>
    public StatementAttempt? Attempt { get; init; }

    /// <summary>How long it took since the row was written last.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>Why it failed; null where it did not.</summary>
    public string? Error { get; init; }

    /// <summary>What a row says; the beginning where there is none, or where it tells of another run of a script that is repeatable.</summary>
    public static StepProgress Of(Migration migration, HistoryRow? row)
        => row is null or { IsReverted: true } || Repeatables.BeginsAnew(migration, row)
            ? new StepProgress(migration, MigrationState.Applying, 0)
            : new StepProgress(migration, row.State, row.Done) { Undone = row.Undone, Cursor = row.Cursor, Attempt = row.Attempt };
}
