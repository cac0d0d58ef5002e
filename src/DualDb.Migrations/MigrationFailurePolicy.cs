namespace DualDb.Migrations;

/// <summary>What happens when a migration fails.</summary>
public enum MigrationFailurePolicy
{
    /// <summary>Nothing more is applied. What was applied stays, and the next run goes on with the statement that failed.</summary>
    Stop = 0,

    /// <summary>
    /// What the run has applied is undone by the parts behind <c>-- down:</c>, the last one first, in both databases. Each migration of the plan needs such a part,
    /// which is asked for before anything is applied.
    /// </summary>
    Compensate = 1,

    /// <summary>
    /// The rest is applied but for what depends on the failed one: what requires it, and in its database all that follows without saying itself what it requires.
    /// </summary>
    Continue = 2,
}
