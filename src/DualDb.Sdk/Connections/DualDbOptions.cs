namespace DualDb;

/// <summary>
/// The options of one root. Sources, each overriding the one before: the environment (<c>NEON_DATABASE_URL</c>,
/// <c>SUPABASE_DB_URL</c>, <c>SUPABASE_URL</c> with <c>SUPABASE_PUBLISHABLE_KEY</c> or
/// <c>SUPABASE_ANON_KEY</c>, <c>REDIS_URL</c>), the configuration section <c>DualDb</c>, code.
/// </summary>
public sealed class DualDbOptions
{
    /// <summary>How Neon is reached.</summary>
    public DatabaseOptions Neon { get; } = new();

    /// <summary>How Supabase is reached.</summary>
    public SupabaseOptions Supabase { get; } = new();

    /// <summary>What is kept of entities and views with a <see cref="CachedForAttribute"/>, and where.</summary>
    public CachingOptions Caching { get; } = new();

    /// <summary>
    /// The clock for pauses between retries, and for lifetimes and timeouts in the cache. Unless set, the container's where it has one, else the system's.
    /// </summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>The options of one of the two databases.</summary>
    /// <param name="database">Which one.</param>
    internal DatabaseOptions For(Database database) => database == Database.Neon ? Neon : Supabase;
}
