using DualDb.ChangeLog;

namespace DualDb.Consistency.Sync.Applying;

/// <summary>A step along a log, which is made with what was read there or not at all.</summary>
/// <param name="Owner">Who holds the position: it is taken from a node that does not know all maps that it stands for.</param>
/// <param name="Source">Whose log.</param>
/// <param name="Part">Which part of its keys.</param>
/// <param name="From">The position before it.</param>
/// <param name="To">The position after it.</param>
/// <param name="LastChange">The number of the last change of it, and when that was recorded; null for none.</param>
internal sealed record PositionMove(Guid Owner, Database Source, int Part, ChangeLogPosition From, ChangeLogPosition To, (long Id, DateTimeOffset RecordedAt)? LastChange)
{
    /// <summary>The map whose own position is moved, since it is behind the others; null for the position of all.</summary>
    public string? HeldMap { get; init; }
}
