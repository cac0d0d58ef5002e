namespace DualDb.ChangeLog;

/// <summary>What was read from the change log.</summary>
/// <param name="Changes">The changes, in the order of their numbers.</param>
/// <param name="Position">Where to read on. After a gap, it is the present.</param>
/// <param name="HasMore">Whether more changes are there already.</param>
/// <param name="Gap">Why the changes could not be told; there are none then.</param>
internal sealed record ChangePage(IReadOnlyList<LoggedChange> Changes, ChangeLogPosition Position, bool HasMore, ChangeLogGap Gap);
