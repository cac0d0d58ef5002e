using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using DualDb.Consistency.Sync.Conflicts;
using DualDb.Consistency.Sync.Feeding;
using DualDb.Mapping.Wire;

namespace DualDb.Consistency.Sync.Applying;

/// <summary>How a row stands on the deciding side.</summary>
/// <param name="Epoch">The name of the last word that was said of it; 0 for none.</param>
/// <param name="Stamps">The versions of the last words, the latest last.</param>
/// <param name="Grounds">What was said before each of them.</param>
/// <param name="Version">Its version.</param>
/// <param name="Document">The row, where the other side does not know all that was said; null otherwise, or where it is gone.</param>
internal sealed record CurrentRow(long Epoch, long[] Stamps, long[] Grounds, long Version, string? Document)
{
    /// <summary>The version of the first word that a writer had not heard who had heard <paramref name="word"/>; of what is remembered, where that word is not among it.</summary>
    public long FirstVersionAfter(long word)
    {
        // An earlier version has kept stamps without what was said before them: they are the first ones.
        var place = Array.LastIndexOf(Grounds, word);
        return Stamps.Length == 0 ? Version : Stamps[place < 0 ? 0 : Math.Max(0, place + Stamps.Length - Grounds.Length)];
    }
}

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

    /// <summary>The name of the word that a decision is. At random, as the trigger's are: one that is made again after a restore is another.</summary>
    private long Word { get; } = (BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & (long.MaxValue - 1)) + 1;

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
        $$"""{"k":{{RowDocument.Text(Incoming.Key)}},"e":{{Current.Epoch}},"w":{{(Decision is null ? Current.Epoch : Word)}},"i":{{(Decision is null ? 0 : 1)}},"v":{{Version}},"m":{{(Decision is null ? 0 : Stamp)}},"x":{{(Change.IsGone ? "true" : "false")}}}""");

    public string Emitted(Route route)
    {
        using var document = JsonDocument.Parse(Incoming.Document, DeepJson.Document);
        var key = RowDocument.Rename(document.RootElement, [.. route.KeyTo.Select(static column => (column, column))]);
        return string.Create(
            CultureInfo.InvariantCulture, $$"""{"k":{{RowDocument.Text(Incoming.Key)}},"d":{{Incoming.Document}},"n":{{key}},"e":{{Word}},"v":{{Version}}}""");
    }

    public string Recorded() => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"k":{{RowDocument.Text(Incoming.Key)}},"id":{{Incoming.Id}},"w":"{{Decision!.Winner.ToString().ToLowerInvariant()}}","s":{{Conflict!.SourceRow ?? "null"}},"o":{{Incoming.Before ?? "null"}},"n":{{Incoming.After ?? "null"}},"r":{{Change.After ?? "null"}},"sv":{{Conflict.SourceVersion}},"tv":{{Incoming.Version}}}""");
}
