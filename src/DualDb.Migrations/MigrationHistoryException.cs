using DualDb.Migrations.Running;

namespace DualDb.Migrations;

/// <summary>How the history of a database and the migrations at hand disagree.</summary>
public enum MigrationDisagreement
{
    /// <summary>A migration was changed after it had been applied.</summary>
    Changed = 0,

    /// <summary>A migration was applied and is not at hand.</summary>
    Missing = 1,

    /// <summary>A migration was not applied, and a later one of its database was.</summary>
    OutOfOrder = 2,

    /// <summary>A migration excludes another one that was applied, or is to be.</summary>
    Conflict = 3,

    /// <summary>The plan is not the one that was approved or made.</summary>
    OtherPlan = 4,

    /// <summary>The history of another tool cannot be taken over.</summary>
    Import = 5,
}

/// <summary>The history of a database and the migrations at hand disagree. Nothing was applied.</summary>
/// <param name="message">The migration, the database, what is different, and the next step.</param>
public sealed class MigrationHistoryException(string message) : DualDbException(message), IRefusal
{
    /// <inheritdoc/>
    public override string Message => Refusal.Text(base.Message, ((IRefusal)this).StoppedWrites);

    IReadOnlyList<StoppedWrites> IRefusal.StoppedWrites { get; set; } = [];

    /// <summary>The migration; null for <see cref="MigrationDisagreement.OtherPlan"/> and <see cref="MigrationDisagreement.Import"/>.</summary>
    public MigrationId? Id { get; init; }

    /// <summary>What is different.</summary>
    public required MigrationDisagreement Disagreement { get; init; }
}
