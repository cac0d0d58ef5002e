using DualDb.Migrations.Running;

namespace DualDb.Migrations;

/// <summary>Why a database cannot take a plan.</summary>
/// <param name="Database">The database.</param>
/// <param name="Reason">What is in the way, and the next step.</param>
public sealed record MigrationObstacle(Database Database, string Reason);

/// <summary>A database, or both, cannot take a plan. Neither was changed.</summary>
/// <param name="message">All obstacles.</param>
/// <param name="innerException">The cause of the first, or null.</param>
public sealed class MigrationPreflightException(string message, Exception? innerException = null) : DualDbException(message, innerException), IRefusal
{
    /// <inheritdoc/>
    public override string Message => Refusal.Text(base.Message, ((IRefusal)this).StoppedWrites);

    IReadOnlyList<StoppedWrites> IRefusal.StoppedWrites { get; set; } = [];

    /// <summary>All obstacles, those of Neon first.</summary>
    public required IReadOnlyList<MigrationObstacle> Obstacles { get; init; }
}
