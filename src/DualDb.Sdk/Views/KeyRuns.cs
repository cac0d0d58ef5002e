namespace DualDb.Views;

/// <summary>Keys in runs that one statement carries.</summary>
internal static class KeyRuns
{
    /// <summary>The keys, at most <see cref="ViewDefaults.KeysPerStatement"/> at a time.</summary>
    public static IEnumerable<IReadOnlyList<TKey>> Of<TKey>(IReadOnlyList<TKey> keys)
        => keys.Count <= ViewDefaults.KeysPerStatement ? [keys] : keys.Chunk(ViewDefaults.KeysPerStatement);
}
