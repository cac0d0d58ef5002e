using System.Globalization;
using DualDb.Consistency.Sync.Decoding;

namespace DualDb.Consistency.Sync.Running;

/// <summary>Looks at what a replication slot holds back: whether anybody reads from it or not, the disk fills.</summary>
internal sealed class SlotWatch(PostgresDatabase source, int part, FlowState state, SyncSourceOptions options)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Slots _slots = new(source);
    private long? _lookedAt;

    /// <summary>Also on nodes that do not carry the direction: the one that does may not know of the slot.</summary>
    public async Task RunWhereDueAsync(CancellationToken cancellationToken)
    {
        var now = source.Clock.GetTimestamp();
        if (!options.IsDecoded || (_lookedAt is { } last && source.Clock.GetElapsedTime(last, now) < Interval))
        {
            return;
        }

        _lookedAt = now;
        try
        {
            var slot = await _slots.FindAsync(part, cancellationToken).ConfigureAwait(false);
            (state.RetainedWal, state.SlotWarning) = (slot.Retained, WarningOf(slot));
        }
        catch (DualDbException)
        {
            // A database that is away is told of by whoever carries its changes.
        }
    }

    private string? WarningOf(SlotState slot)
        => slot.Exists && (slot.Retained > options.MaxRetainedWal || slot.WalStatus is not "reserved")
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"The replication slot {slot.Name} of {source.Kind} holds back {slot.Retained >> 20} MiB of write-ahead log (wal_status {slot.WalStatus ?? "lost"}{(slot.Safe is { } safe ? $", lost after {safe >> 20} MiB more" : "")}), and {(slot.ActivePid is null ? "nobody reads from it" : "it is read from")}. Have a node carry the changes of {source.Kind}, resume the direction where it is stopped, or call db.Sync.DropSlotsAsync(Database.{source.Kind}).")
            : null;
}
