namespace DualDb.Consistency.Sync;

/// <summary>Why a map is not carried just now, though nothing is the matter with it.</summary>
/// <param name="Map">The map.</param>
/// <param name="Table">The table that is being altered, with its database; null where somebody has paused the map itself.</param>
/// <param name="RunId">The run that alters it; null where somebody has paused the map himself.</param>
/// <param name="Reason">Why.</param>
/// <param name="Actor">Who has paused it.</param>
/// <param name="Since">Since when, by the clock of the database that is written to.</param>
/// <param name="Until">When it ends by itself: whoever migrates puts that off while he lives. Null for never.</param>
public sealed record MapPause(string Map, string? Table, Guid? RunId, string Reason, string Actor, DateTimeOffset Since, DateTimeOffset? Until)
{
    /// <summary>It in words, for alerts.</summary>
    internal string Words => Table is null ? $"{Map} is paused by {Actor}: {Reason}" : $"{Map} is paused while {Table} is altered by {Actor}: {Reason}";
}
