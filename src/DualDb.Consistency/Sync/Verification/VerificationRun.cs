namespace DualDb.Consistency.Sync.Verification;

/// <summary>A comparison that was kept.</summary>
/// <param name="Id">Its number.</param>
/// <param name="StartedAt">When it began, by the clock of the node that made it.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Reason">Why it was made.</param>
/// <param name="Actor">Who asked for it; null where nobody did.</param>
/// <param name="IsConsistent">Whether both sides were equal and no reference was broken.</param>
/// <param name="Results">What was found, by map, and then by reference.</param>
public sealed record VerificationRun(long Id, DateTimeOffset StartedAt, TimeSpan Duration, VerificationReason Reason, string? Actor, bool IsConsistent, IReadOnlyList<VerificationResult> Results)
{
    /// <summary>When what it found was repaired; null where it was not.</summary>
    public DateTimeOffset? RepairedAt { get; init; }

    /// <summary>Who had it repaired; null for nobody.</summary>
    public string? RepairedBy { get; init; }

    /// <summary>How many rows were repaired; null for none.</summary>
    public long? RepairedRows { get; init; }

    /// <summary>How many rows differ, and how many references are broken, over all.</summary>
    public long Differences => Results.Sum(static result => result.Differences + result.Orphans);
}

/// <summary>Why a comparison was made.</summary>
public enum VerificationReason
{
    /// <summary>Somebody asked for it.</summary>
    Asked = 0,

    /// <summary>It was due: <see cref="SyncOptions.VerifyEvery"/>.</summary>
    Scheduled,

    /// <summary>Counts differed: <see cref="SyncOptions.CountEvery"/>.</summary>
    Counts,

    /// <summary>A map had been paused: <see cref="SyncOptions.VerifyAfterPause"/>.</summary>
    Pause,
}

/// <summary>What a comparison found of one map, or of one reference that crosses databases.</summary>
/// <param name="Name">The map, or the reference: <c>Order.UserId -> Profile</c>.</param>
/// <param name="IsReference">Whether it is a reference.</param>
public sealed record VerificationResult(string Name, bool IsReference)
{
    /// <summary>How many rows of the source were compared; of a reference, how many values were looked for.</summary>
    public long SourceRows { get; init; }

    /// <summary>How many rows of the target were compared.</summary>
    public long TargetRows { get; init; }

    /// <summary>How many rows the target lacks.</summary>
    public long MissingInTarget { get; init; }

    /// <summary>How many rows the source lacks.</summary>
    public long MissingInSource { get; init; }

    /// <summary>How many rows have other values.</summary>
    public long Different { get; init; }

    /// <summary>How many values are referred to that the other database does not have.</summary>
    public long Orphans { get; init; }

    /// <summary>How many rows could not be compared, since they were being written all the time.</summary>
    public long InFlight { get; init; }

    /// <summary>Whether there may be more than was looked for.</summary>
    public bool IsPartial { get; init; }

    /// <summary>Whether what differed was looked at again after changes on their way had arrived.</summary>
    public bool IsConfirmed { get; init; }

    /// <summary>What is wrong with the capture of changes.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>How many rows differ in any way.</summary>
    public long Differences => MissingInTarget + MissingInSource + Different;
}

/// <summary>A difference that was kept with the comparison that found it.</summary>
/// <param name="Number">Its number within the comparison, from 1.</param>
/// <param name="Name">The map, or the reference.</param>
/// <param name="Kind">How the row differs; null for a reference to what the other database does not have.</param>
/// <param name="Key">The row's key as JSON by the source's columns; of a reference, the value.</param>
/// <param name="Reason">Why it differs, where that is known; null otherwise.</param>
/// <param name="Rows">How many rows refer to the value; null where it is no reference.</param>
public sealed record KeptDifference(int Number, string Name, DifferenceKind? Kind, string Key, string? Reason, long? Rows)
{
    /// <summary>The row's key as text.</summary>
    internal string KeyText { get; init; } = "";
}
