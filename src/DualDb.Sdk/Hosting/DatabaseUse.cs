namespace DualDb.Hosting;

/// <summary>Which databases the entities of a root live in: only their options must be complete.</summary>
[Flags]
public enum DatabaseUse
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Neon.</summary>
    Neon = 1,

    /// <summary>Supabase.</summary>
    Supabase = 2,
}
