using DualDb.Migrations.Running;

namespace DualDb.Migrations;

/// <summary>
/// A run broke off while a statement ran that cannot be part of a transaction, and whether it was done cannot be seen in the database. A person has to look, and to say so with
/// <see cref="MigrationRunner.ResolveAsync"/>.
/// </summary>
/// <param name="message">The statement and the next step.</param>
public sealed class MigrationInDoubtException(string message) : DualDbException(message), IRefusal
{
    /// <inheritdoc/>
    public override string Message => Refusal.Text(base.Message, ((IRefusal)this).StoppedWrites);

    IReadOnlyList<StoppedWrites> IRefusal.StoppedWrites { get; set; } = [];

    /// <summary>The migration.</summary>
    public required MigrationId Id { get; init; }

    /// <summary>The statement, from 1; of the way down, where the migration was being undone.</summary>
    public required int Statement { get; init; }

    /// <summary>What the run has applied before it asked, in order.</summary>
    public IReadOnlyList<MigrationId> Applied { get; internal set; } = [];

    /// <summary>What somebody had changed without a migration since the last run, as it was found before the first statement: see <see cref="MigrationOptions.OnDrift"/>.</summary>
    public IReadOnlyList<DriftDifference> Drift => this.GetMigrationDrift();
}
