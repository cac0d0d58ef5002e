using DualDb.Migrations.Running;

namespace DualDb.Migrations;

/// <summary>Another migrator had the lock for longer than was waited for. Nothing was applied.</summary>
/// <param name="message">Who has it, until when, and the next step.</param>
public sealed class MigrationLockedException(string message) : DualDbException(message), IRefusal
{
    /// <inheritdoc/>
    public override string Message => Refusal.Text(base.Message, ((IRefusal)this).StoppedWrites);

    IReadOnlyList<StoppedWrites> IRefusal.StoppedWrites { get; set; } = [];

    /// <summary>Who has the lock: actor, machine and process.</summary>
    public string? Holder { get; init; }
}

/// <summary>
/// The lock was lost while migrations ran: the databases could not be reached for too long, or the process stood still, and another migrator may have gone on. What had been
/// committed until then is recorded; nothing was committed after it.
/// </summary>
/// <param name="message">What happened, and the next step.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class MigrationLeaseLostException(string message, Exception? innerException = null) : DualDbException(message, innerException);
