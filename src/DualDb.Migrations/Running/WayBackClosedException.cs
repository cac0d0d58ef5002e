namespace DualDb.Migrations.Running;

/// <summary>A switch has effect that cannot be taken back any more: what is being undone ends there, and is given up, since it could never come to its end.</summary>
/// <param name="refusal">Why.</param>
internal sealed class WayBackClosedException(MigrationFailedException refusal) : Exception(refusal.Message, refusal)
{
    /// <summary>Why.</summary>
    public MigrationFailedException Refusal => refusal;
}
