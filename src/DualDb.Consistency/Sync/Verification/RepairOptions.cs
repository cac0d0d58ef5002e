namespace DualDb.Consistency.Sync.Verification;

/// <summary>How differences are repaired.</summary>
public sealed class RepairOptions
{
    /// <summary>Whose rows are right: the source's at first. The target's only for two-way maps.</summary>
    public RepairTruth Truth { get; init; } = RepairTruth.Source;

    /// <summary>Whether only rows that one side lacks are added, and none is overwritten or deleted.</summary>
    public bool InsertOnly { get; init; }

    /// <summary>Whether nothing is written, and only told what would be.</summary>
    public bool DryRun { get; init; }

    /// <summary>How long it is waited until repairs have arrived, 30 seconds at first.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>Whose rows are right.</summary>
public enum RepairTruth
{
    /// <summary>The source's.</summary>
    Source = 0,

    /// <summary>The target's.</summary>
    Target,
}

/// <summary>What was done about a difference, or would be.</summary>
/// <param name="Difference">The difference.</param>
/// <param name="Action"><c>insert</c>, <c>update</c>, <c>delete</c>, or <c>none</c> where only insertions were asked for.</param>
public sealed record RepairAction(RowDifference Difference, string Action);
