namespace DualDb.Migrations;

/// <summary>What a way down will undo. It is made by <see cref="MigrationRunner.PlanDownAsync(int, CancellationToken)"/> and changes nothing.</summary>
public sealed class MigrationDownPlan
{
    internal MigrationDownPlan(IReadOnlyList<MigrationId> migrations, Guid? resumes)
    {
        Migrations = migrations;
        Resumes = resumes;
    }

    /// <summary>The migrations, in the order in which they are undone: the last first, over both databases.</summary>
    public IReadOnlyList<MigrationId> Migrations { get; }

    /// <summary>The way down that broke off or failed, with which this one goes on; null where none did.</summary>
    public Guid? Resumes { get; }

    /// <summary>Whether nothing is to be done.</summary>
    public bool IsEmpty => Migrations.Count == 0 && Resumes is null;
}
