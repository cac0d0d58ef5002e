namespace DualDb.Views;

/// <summary>Both databases.</summary>
/// <param name="Neon">The Neon database.</param>
/// <param name="Supabase">The Supabase database.</param>
internal sealed record ViewDatabases(NeonDatabase Neon, SupabaseDatabase Supabase)
{
    public PostgresDatabase this[Database database] => database == Database.Neon ? Neon : Supabase;
}
