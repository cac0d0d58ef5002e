namespace DualDb.Consistency.Worker;

/// <summary>Where the databases are, and how this process reaches them.</summary>
/// <param name="Neon">The connection string of Neon.</param>
/// <param name="Supabase">That of Supabase.</param>
public sealed record WorkerAddress(string Neon, string Supabase)
{
    internal void ApplyTo(DualDbOptions options)
    {
        options.Neon.ConnectionString = Neon;
        options.Supabase.ConnectionString = Supabase;
        options.Neon.RetryDelay = options.Supabase.RetryDelay = TimeSpan.FromMilliseconds(50);
    }
}
