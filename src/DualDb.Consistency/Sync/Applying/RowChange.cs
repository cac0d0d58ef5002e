namespace DualDb.Consistency.Sync.Applying;

/// <summary>What happened to one row, in the words of the side that it goes to.</summary>
/// <param name="Route">Its way.</param>
/// <param name="Id">Its number in the log; of several changes, the last one's.</param>
/// <param name="Key">The row's key as text.</param>
/// <param name="Document">The row after it, or the key of one that is gone.</param>
/// <param name="IsGone">Whether the row is gone.</param>
/// <param name="Before">The row before it; null for one that was not there.</param>
/// <param name="Base">Which word of the deciding side its writer had heard last, or the name of that side's word.</param>
/// <param name="FirstVersion">Its version; of several changes, the first one's.</param>
/// <param name="Version">Its version; of several changes, the last one's.</param>
/// <param name="RecordedAt">When it was made.</param>
internal sealed record RowChange(
    Route Route, long Id, string Key, string Document, bool IsGone, string? Before, long Base, long FirstVersion, long Version, DateTimeOffset RecordedAt)
{
    /// <summary>
    /// The <see cref="Base"/> of a row that is right whatever was said of it: a repair. Only the synchronisation itself writes it, so that no writer can claim it.
    /// </summary>
    public const long Overrules = -1;

    /// <summary>The W3C trace context in which it was made; null for none.</summary>
    public string? Trace { get; init; }

    /// <summary>Why it cannot be carried as it is; null where it can.</summary>
    public string? Fault { get; init; }

    /// <summary>The row after it; null for one that is gone.</summary>
    public string? After => IsGone ? null : Document;

    /// <summary>
    /// Several changes of each row as one, where they were made on the same ground: in between there is nothing that anybody has to see. A row that is weighed begins anew after its deletion, wherever
    /// pages happen to end.
    /// </summary>
    public static IReadOnlyList<RowChange> Merge(IEnumerable<RowChange> changes)
    {
        var merged = new List<RowChange>();
        var places = new Dictionary<(Route, string), int>();
        foreach (var change in changes)
        {
            var name = (change.Route, change.Key);
            if (places.TryGetValue(name, out var place) && (!change.Route.Decides || (merged[place].Base == change.Base && !merged[place].IsGone)))
            {
                merged[place] = change with { Before = merged[place].Before, FirstVersion = merged[place].FirstVersion };
            }
            else
            {
                places[name] = merged.Count;
                merged.Add(change);
            }
        }

        return merged;
    }
}
