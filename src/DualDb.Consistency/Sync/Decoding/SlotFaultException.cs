namespace DualDb.Consistency.Sync.Decoding;

/// <summary>A replication slot is not there any more, or has lost what it was to hold: the direction stops until somebody has looked.</summary>
internal sealed class SlotFaultException(string message) : Exception(message);
