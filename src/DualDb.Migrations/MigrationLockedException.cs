using DualDb.Migrations.Running;

namespace DualDb.Migrations;

/// <summary>Another migrator had the lock for longer than was waited for, or a statement that an earlier run began in a database did not end there.</summary>
/// <param name="message">Who has it, until when, and the next step.</param>
public sealed class MigrationLockedException(string message) : DualDbException(message), IRefusal
{
    /// <inheritdoc/>
    public override string Message => Refusal.Text(base.Message, ((IRefusal)this).StoppedWrites);

    IReadOnlyList<StoppedWrites> IRefusal.StoppedWrites { get; set; } = [];

    /// <summary>Who has the lock: actor, machine and process.</summary>
    public string? Holder { get; init; }

    /// <summary>What the run had applied before it met the statement of an earlier one, in order; nothing where the lock was waited for.</summary>
    public IReadOnlyList<MigrationId> Applied => this.GetAppliedMigrations();

    /// <summary>What somebody had changed without a migration since the last run, as it was found before the first statement: see <see cref="MigrationOptions.OnDrift"/>.</summary>
    public IReadOnlyList<DriftDifference> Drift => this.GetMigrationDrift();
}

/// <summary>
/// The lock was lost while migrations ran: the databases could not be reached for too long, or the process stood still, and another migrator may have gone on. What had been
/// committed until then is recorded; nothing was committed after it.
/// </summary>
/// <param name="message">What happened, and the next step.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class MigrationLeaseLostException(string message, Exception? innerException = null) : DualDbException(message, innerException)
{
    /// <summary>What the run has applied, in order.</summary>
    public IReadOnlyList<MigrationId> Applied => this.GetAppliedMigrations();

    /// <summary>What somebody had changed without a migration since the last run, as it was found before the first statement: see <see cref="MigrationOptions.OnDrift"/>. The next run does not tell it again.</summary>
    public IReadOnlyList<DriftDifference> Drift => this.GetMigrationDrift();
}
