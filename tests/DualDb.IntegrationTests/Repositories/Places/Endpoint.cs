namespace DualDb.IntegrationTests.Repositories.Places;

/// <summary>What stands between the root and its servers.</summary>
public enum Endpoint
{
    /// <summary>Nothing.</summary>
    Direct,

    /// <summary>PgBouncer in transaction mode.</summary>
    Pooled,

    /// <summary>PostgREST before Supabase, with a secret key; nothing before Neon.</summary>
    Rest,
}
