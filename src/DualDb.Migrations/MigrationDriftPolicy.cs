namespace DualDb.Migrations;

/// <summary>What a run does where somebody has changed a schema without a migration since the last one.</summary>
public enum MigrationDriftPolicy
{
    /// <summary>Tells of it (<see cref="MigrationRun.Drift"/>), and goes on.</summary>
    Warn = 0,

    /// <summary>Does not begin.</summary>
    Refuse = 1,

    /// <summary>Does not look, and notes nothing for the next run.</summary>
    Off = 2,
}
