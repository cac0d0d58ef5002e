using System.Globalization;
using System.Text.Json;
using DualDb.Consistency.Sync.Conflicts;
using DualDb.Consistency.Sync.Feeding;
using DualDb.Mapping.Wire;

namespace DualDb.Consistency.Sync.Applying;

/// <summary>How a row stands on the deciding side.</summary>
/// <param name="Epoch">How much was said of it.</param>
/// <param name="Stamps">The versions of the last words, the latest last.</param>
/// <param name="Version">Its version.</param>
/// <param name="Document">The row, where the other side does not know all that was said; null otherwise, or where it is gone.</param>
internal sealed record CurrentRow(long Epoch, long[] Stamps, long Version, string? Document);

/// <summary>What becomes of a change.</summary>
/// <param name="Incoming">The change.</param>
/// <param name="Change">What is written: the change, or what was decided.</param>
/// <param name="Current">How the row stands.</param>
/// <param name="Decision">What was decided; null where there was no conflict.</param>
/// <param name="Conflict">The conflict; null for none.</param>
internal sealed record SettledRow(RowChange Incoming, RowChange Change, CurrentRow Current, ConflictDecision? Decision, SyncConflict? Conflict)
{
    /// <summary>Whether the row here changes.</summary>
    public bool Writes => IsCounted || Decision is null or { Winner: ConflictWinner.Target or ConflictWinner.Merged };

    /// <summary>Whether the decision has counted up the row's version.</summary>
    public bool IsCounted { get; init; }

    /// <summary>A word of our own is later than all that was heard, whatever the clocks say.</summary>
    private long Version => Decision is null ? Incoming.Version : ((Math.Max(Incoming.Version, Current.Version) / 2) + 1) * 2 + (1 - (Incoming.Version & 1));

    private long Stamp => Decision!.Winner switch
    {
        ConflictWinner.Target => Incoming.Version,
        ConflictWinner.Merged => Math.Max(Incoming.Version, Conflict!.SourceVersion),
        _ => Conflict!.SourceVersion,
    };

    public string Taken() => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"k":{{RowDocument.Text(Incoming.Key)}},"e":{{Current.Epoch}},"i":{{(Decision is null ? 0 : 1)}},"v":{{Version}},"m":{{(Decision is null ? 0 : Stamp)}},"x":{{(Change.IsGone ? "true" : "false")}}}""");

    public string Emitted(Route route)
    {
        using var document = JsonDocument.Parse(Incoming.Document, DeepJson.Document);
        var key = RowDocument.Rename(document.RootElement, [.. route.KeyTo.Select(static column => (column, column))]);
        return string.Create(
            CultureInfo.InvariantCulture, $$"""{"k":{{RowDocument.Text(Incoming.Key)}},"d":{{Incoming.Document}},"n":{{key}},"e":{{Current.Epoch + 1}},"v":{{Version}}}""");
    }

    public string Recorded() => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"k":{{RowDocument.Text(Incoming.Key)}},"id":{{Incoming.Id}},"w":"{{Decision!.Winner.ToString().ToLowerInvariant()}}","s":{{Conflict!.SourceRow ?? "null"}},"o":{{Incoming.Before ?? "null"}},"n":{{Incoming.After ?? "null"}},"r":{{Change.After ?? "null"}},"sv":{{Conflict.SourceVersion}},"tv":{{Incoming.Version}}}""");
}
