using DualDb.ChangeLog;
using DualDb.Consistency.Sync.Applying;

namespace DualDb.Consistency.Sync.Feeding;

/// <summary>What was read of a log.</summary>
/// <param name="Page">The page of the log.</param>
/// <param name="Changes">Its changes, in order.</param>
/// <param name="Fault">Why it cannot be applied; null where it can.</param>
internal sealed record FeedPage(ChangePage Page, List<RowChange> Changes, string? Fault);
