namespace DualDb;

/// <summary>The two PostgreSQL services an application lives on.</summary>
public enum Database
{
    /// <summary>Neon, the home of business data.</summary>
    Neon = 0,

    /// <summary>Supabase, the home of user data.</summary>
    Supabase = 1,
}
