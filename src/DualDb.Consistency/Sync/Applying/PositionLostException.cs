namespace DualDb.Consistency.Sync.Applying;

/// <summary>The position is not where the changes were read from: another node has applied them, or an operator has stopped the direction.</summary>
internal sealed class PositionLostException() : Exception("The position has been moved by somebody else.");
