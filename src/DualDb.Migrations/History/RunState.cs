namespace DualDb.Migrations.History;

/// <summary>How far a run has come.</summary>
internal static class RunState
{
    /// <summary>Under way, or broken off.</summary>
    public const string Running = "running";

    /// <summary>A migration failed; the next run goes on.</summary>
    public const string Failed = "failed";

    /// <summary>A migration failed, and what was applied is being undone.</summary>
    public const string Compensating = "compensating";

    /// <summary>All was undone.</summary>
    public const string Compensated = "compensated";

    /// <summary>In the place of a policy: the run undoes what earlier ones have applied.</summary>
    public const string Down = "Down";

    /// <summary>All was applied.</summary>
    public const string Succeeded = "succeeded";
}
