using DualDb.Consistency.Schema;

namespace DualDb.Consistency.Sync;

/// <summary>Creates the tables of copies that no entity stands for.</summary>
internal static class TargetTables
{
    /// <summary>Creates those that are missing; what exists is left as it is.</summary>
    public static async Task CreateAsync(PostgresDatabase database, SyncRegistry registry, CancellationToken cancellationToken)
    {
        var statements = registry.Maps.Where(map => map.Target.Database == database.Kind).Select(static map => map.CreateTarget).OfType<string>().ToList();
        if (statements.Count > 0)
        {
            // `if not exists` looks before it creates: of two nodes that start at once, one waits.
            await DatabaseCall.RunAsync(
                database,
                "Creating the tables that are synchronised",
                [DatabaseCall.Command(SchemaSql.Lock), .. statements.Select(static sql => DatabaseCall.Command(sql))],
                cancellationToken).ConfigureAwait(false);
        }
    }
}
