namespace DualDb.Consistency.Sync.Verification;

/// <summary>How a row differs.</summary>
public enum DifferenceKind
{
    /// <summary>The source has it, the target does not.</summary>
    MissingInTarget = 0,

    /// <summary>The target has it, the source does not.</summary>
    MissingInSource,

    /// <summary>Both have it, with other values.</summary>
    Different,
}
