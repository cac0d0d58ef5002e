using DualDb.Migrations.Running;

namespace DualDb.Migrations;

/// <summary>What an exception tells of the run that it ended, of whatever type it is: also a lost connection, a lost lock and a cancellation.</summary>
public static class MigrationExceptionExtensions
{
    /// <summary>What somebody had changed without a migration since the run before, as it was found before the first statement: see <see cref="MigrationOptions.OnDrift"/>. The next run need not tell it again. Nothing where no run was ended.</summary>
    /// <param name="exception">What a method of <see cref="MigrationRunner"/> has thrown.</param>
    public static IReadOnlyList<DriftDifference> GetMigrationDrift(this Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return RunOutcome.Of(exception).Drift;
    }

    /// <summary>What the run has applied, in order, before it ended. Nothing where no run was ended.</summary>
    /// <param name="exception">What a method of <see cref="MigrationRunner"/> has thrown.</param>
    public static IReadOnlyList<MigrationId> GetAppliedMigrations(this Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return RunOutcome.Of(exception).Applied;
    }
}
