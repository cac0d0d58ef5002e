namespace DualDb.Migrations;

/// <summary>
/// Which part of a change without downtime a migration is. Each can be run apart from the next, so that a release of the application lies between.
/// </summary>
public enum MigrationPhase
{
    /// <summary>Adds what the new version needs and the old one does not mind: the phase of a migration that says nothing.</summary>
    Expand = 0,

    /// <summary>Fills what was added.</summary>
    Backfill = 1,

    /// <summary>Makes the new form the one that counts.</summary>
    Switch = 2,

    /// <summary>Removes what only the old version needed.</summary>
    Contract = 3,
}
