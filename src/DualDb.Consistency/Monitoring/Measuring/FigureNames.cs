namespace DualDb.Consistency.Monitoring.Measuring;

/// <summary>The names of figures, as they are kept: released ones never change their meaning.</summary>
internal static class FigureNames
{
    /// <summary>Durations of a view, of changes from a database.</summary>
    public const string View = "view/", Lag = "lag/";

    /// <summary>Seconds that a database was up and down; of <see cref="Both"/>, that both were up, or one was not.</summary>
    public const string Up = "up/", Down = "down/";

    /// <summary>Both databases together.</summary>
    public const string Both = "both";

    /// <summary>Calls that failed.</summary>
    public const string Failed = "failed/";

    /// <summary>Cached reads: answered by a level, or by none.</summary>
    public const string MemoryHits = "cache/memory", RedisHits = "cache/redis", Misses = "cache/miss";

    /// <summary>Rows of a map that were compared, and those that differed.</summary>
    public const string Compared = "compared/", Different = "different/";

    public static string Of(Database database) => database == Database.Neon ? "neon" : "supabase";
}
