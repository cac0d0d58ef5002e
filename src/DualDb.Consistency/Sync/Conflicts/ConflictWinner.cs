namespace DualDb.Consistency.Sync.Conflicts;

/// <summary>Who won a conflict.</summary>
public enum ConflictWinner
{
    /// <summary>The source's row stayed.</summary>
    Source = 0,

    /// <summary>The target's row was taken.</summary>
    Target,

    /// <summary>A row was made of both.</summary>
    Merged,

    /// <summary>Nobody yet: the source's row stays until an operator has decided.</summary>
    Open,
}
