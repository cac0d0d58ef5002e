namespace DualDb;

/// <summary>What views do unless they are told otherwise.</summary>
public static class ViewDefaults
{
    /// <summary>How many views a stream fetches at once.</summary>
    public const int ChunkSize = 500;

    /// <summary>How many keys one statement carries at most; more travel in several.</summary>
    internal const int KeysPerStatement = 20_000;

    /// <summary>How many root rows are read at once where the first one's view skipped itself and another one is looked for.</summary>
    internal const int RootsPerSearch = 50;
}
