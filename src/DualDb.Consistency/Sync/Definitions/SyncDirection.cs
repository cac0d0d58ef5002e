namespace DualDb.Consistency.Sync;

/// <summary>Which way changes go.</summary>
public enum SyncDirection
{
    /// <summary>From the source to the target. Nobody else writes the target's columns.</summary>
    OneWay = 0,

    /// <summary>Both ways. Where both sides change one row at the same time, the policy decides on the source's side.</summary>
    TwoWay,
}
