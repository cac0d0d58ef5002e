namespace DualDb.Migrations.History;

/// <summary>What a database remembers of a migration.</summary>
/// <param name="Id">Which it is.</param>
/// <param name="Checksum">The hash of what was run.</param>
/// <param name="Phase">Its phase then.</param>
/// <param name="State">One of <see cref="MigrationState"/>.</param>
/// <param name="Done">How many statements, or batches, have been committed.</param>
/// <param name="Undone">How many statements of the way down have been committed.</param>
/// <param name="Cursor">Where the next batch begins; null for none.</param>
/// <param name="Attempt">The statement outside of transactions that was begun and of which nobody has said that it is done; null for none.</param>
/// <param name="RunId">The run that wrote the row last.</param>
/// <param name="Error">Why it failed last; null where it did not.</param>
internal sealed record HistoryRow(MigrationId Id, string Checksum, MigrationPhase Phase, string State, int Done, int Undone, string? Cursor, StatementAttempt? Attempt, Guid RunId, string? Error)
{
    /// <summary>Who ran it last.</summary>
    public string Actor { get; init; } = "";

    /// <summary>When it was applied or undone; null where it is under way.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>How long it took, over all its starts.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Whether anything of it is, or may be, in the database.</summary>
    public bool HasEffect => !IsReverted && (Done > 0 || IsReverting || Attempt is not null || Cursor is not null);

    public bool IsApplied => string.Equals(State, MigrationState.Applied, StringComparison.Ordinal);

    public bool IsReverted => string.Equals(State, MigrationState.Reverted, StringComparison.Ordinal);

    public bool IsReverting => string.Equals(State, MigrationState.Reverting, StringComparison.Ordinal);
}

/// <summary>A statement outside of transactions that was begun.</summary>
/// <param name="Index">Which it is within the migration.</param>
/// <param name="ProcessId">The server's process that ran it.</param>
/// <param name="BackendStart">When that process began, which tells it from a later one of the same number.</param>
internal sealed record StatementAttempt(int Index, int ProcessId, DateTime? BackendStart);
