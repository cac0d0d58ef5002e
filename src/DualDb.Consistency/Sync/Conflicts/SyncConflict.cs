namespace DualDb.Consistency.Sync.Conflicts;

/// <summary>Two changes of one row that did not know of each other. Rows are JSON texts, by the columns of the source.</summary>
/// <param name="Map">The map.</param>
/// <param name="Key">The row's key.</param>
/// <param name="SourceRow">The row as the source has it; null where it is gone.</param>
/// <param name="TargetBefore">The row that the target's writer found; null where there was none.</param>
/// <param name="TargetAfter">The row that the target's writer left; null where it was deleted.</param>
/// <param name="SourceVersion">The version of the source's row: its writer's clock.</param>
/// <param name="TargetVersion">The version of the target's row.</param>
public sealed record SyncConflict(string Map, string Key, string? SourceRow, string? TargetBefore, string? TargetAfter, long SourceVersion, long TargetVersion)
{
    /// <summary>The version of the source's first change that the target's writer did not know of.</summary>
    internal long FirstSourceVersion { get; init; }

    /// <summary>The version of the target's first change that is at issue.</summary>
    internal long FirstTargetVersion { get; init; }

    /// <summary>Whether the source's row came from the target.</summary>
    internal bool IsSourceFromTarget { get; init; }
}
