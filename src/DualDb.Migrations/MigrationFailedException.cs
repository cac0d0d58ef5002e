using DualDb.Migrations.Running;

namespace DualDb.Migrations;

/// <summary>
/// A migration failed. What had been committed before is in the history, what had not been was rolled back, and the next run goes on there; or all was undone, where
/// <see cref="Compensated"/> says so.
/// </summary>
/// <param name="message">The migration, the database, the statement with its line, the server's answer, and the next step.</param>
/// <param name="innerException">The cause.</param>
public sealed class MigrationFailedException(string message, Exception? innerException = null) : DualDbException(message, innerException), IRefusal
{
    /// <inheritdoc/>
    public override string Message => Refusal.Text(base.Message, ((IRefusal)this).StoppedWrites);

    IReadOnlyList<StoppedWrites> IRefusal.StoppedWrites { get; set; } = [];

    /// <summary>The migration.</summary>
    public required MigrationId Id { get; init; }

    /// <summary>The statement that failed, from 1; null where none did, as in a migration of code.</summary>
    public int? Statement { get; init; }

    /// <summary>The line of the file in which the failure lies, from 1; null where it lies in none.</summary>
    public int? Line { get; init; }

    /// <summary>The column in that line, from 1; null where the server names none.</summary>
    public int? Column { get; init; }

    /// <summary>The server's code for the failure; null where it is none of the server's.</summary>
    public string? SqlState { get; init; }

    /// <summary>What the run has applied, in order.</summary>
    public IReadOnlyList<MigrationId> Applied { get; init; } = [];

    /// <summary>What failed besides <see cref="Id"/>, under <see cref="MigrationFailurePolicy.Continue"/>.</summary>
    public IReadOnlyList<MigrationId> AlsoFailed { get; init; } = [];

    /// <summary>What was not begun.</summary>
    public IReadOnlyList<MigrationId> Skipped { get; init; } = [];

    /// <summary>What was undone, in the order in which that happened, under <see cref="MigrationFailurePolicy.Compensate"/>.</summary>
    public IReadOnlyList<MigrationId> Compensated { get; init; } = [];

    /// <summary>What somebody had changed without a migration since the last run, as it was found before the first statement: see <see cref="MigrationOptions.OnDrift"/>. The next run does not tell it again.</summary>
    public IReadOnlyList<DriftDifference> Drift => this.GetMigrationDrift();
}
