namespace DualDb.Consistency.Events.Dispatching;

/// <summary>How it stands with a key on which an event has failed.</summary>
/// <param name="IsShown">Whether its events have to wait.</param>
/// <param name="Expected">How many deliveries of it are on their way to the database.</param>
/// <param name="Retried">How many of those have a row there, which still says that they are due.</param>
/// <param name="RetriedAt">The moment at which the last of such arrived.</param>
internal readonly record struct BlockedKey(bool IsShown, int Expected = 0, int Retried = 0, long RetriedAt = 0);
