namespace DualDb.Consistency.Events.Dispatching;

/// <summary>The databases that can hold an outbox: those that are reached over SQL.</summary>
internal static class EventSources
{
    public static IEnumerable<PostgresDatabase> Of(IDualDatabase root) => new PostgresDatabase[] { root.Neon, root.Supabase }.Where(IsUsable);

    /// <summary>The database, where it can.</summary>
    /// <exception cref="NotSupportedException">It is reached over REST.</exception>
    /// <exception cref="DualDbConfigurationException">It is not configured.</exception>
    public static PostgresDatabase Require(IDualDatabase root, Database database)
    {
        PostgresDatabase found = database == Database.Neon ? root.Neon : root.Supabase;
        return IsUsable(found) ? found
            : found.Rest is not null ? throw new NotSupportedException(
                $"Events need transactions, which {database} has over SQL only. Set {database}.ConnectionString, or publish in the other database.")
            : throw new DualDbConfigurationException($"{database} is not configured, so that no event can be published there. Set {database}.ConnectionString, or EventOptions.DefaultDatabase.") { Database = database };
    }

    private static bool IsUsable(PostgresDatabase database) => database.Rest is null && !string.IsNullOrWhiteSpace(database.Options.ConnectionString);
}
