namespace DualDb.Migrations;

/// <summary>The schemas of the databases are not those of the model.</summary>
/// <param name="message">The differences and the next step.</param>
public sealed class DriftException(string message) : DualDbException(message)
{
    /// <summary>The differences.</summary>
    public required DriftReport Report { get; init; }
}
