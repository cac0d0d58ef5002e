namespace DualDb.Migrations;

/// <summary>How far a run is.</summary>
/// <param name="Id">The migration that is begun or done.</param>
/// <param name="Number">Which of the plan's it is, from 1.</param>
/// <param name="Count">How many the plan has.</param>
/// <param name="State">What is happening to it.</param>
public sealed record MigrationProgress(MigrationId Id, int Number, int Count, MigrationProgressState State);

/// <summary>What is happening to a migration.</summary>
public enum MigrationProgressState
{
    /// <summary>It is being applied.</summary>
    Applying = 0,

    /// <summary>It is applied.</summary>
    Applied,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It is being undone.</summary>
    Undoing,

    /// <summary>It is undone.</summary>
    Undone,
}
