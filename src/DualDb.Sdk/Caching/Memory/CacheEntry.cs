namespace DualDb.Caching;

/// <summary>What the memory holds for one key. Times are ticks of UTC.</summary>
/// <param name="Value">The value; null for "there is none".</param>
/// <param name="Size">How much of the memory's limit it takes.</param>
/// <param name="Generation">The generation of its dependencies that it was loaded under.</param>
/// <param name="RefreshAt">When it is worth loading anew in the background.</param>
/// <param name="ExpiresAt">Until when it answers.</param>
/// <param name="StaleUntil">Until when it may stand in for what cannot be loaded.</param>
internal sealed record CacheEntry<TValue>(TValue? Value, long Size, long Generation, long RefreshAt, long ExpiresAt, long StaleUntil) : ISized
    where TValue : class
{
    /// <summary>The places of its rows in <see cref="RowStamps"/>; null where it falls by its own key alone.</summary>
    public int[]? Places { get; init; }

    /// <summary>The last stamp when its reading began.</summary>
    public long Stamp { get; init; }
}
