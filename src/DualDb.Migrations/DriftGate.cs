namespace DualDb.Migrations;

/// <summary>Which differences between schemas and model keep a host from starting.</summary>
public enum DriftGate
{
    /// <summary>None: nobody looks.</summary>
    None = 0,

    /// <summary>Those by which statements of the application would fail.</summary>
    Errors = 1,

    /// <summary>All that are more than a remark.</summary>
    Drift = 2,
}
