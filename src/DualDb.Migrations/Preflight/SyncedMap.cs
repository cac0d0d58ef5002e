using DualDb.Migrations.Files;
using DualDb.Migrations.Running;

namespace DualDb.Migrations.Preflight;

/// <summary>A map of the synchronisation in one direction, as the database that it writes to has recorded it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Source">Whose changes it carries.</param>
/// <param name="From">The table that they are of.</param>
/// <param name="To">The table that they go to, in the other database.</param>
/// <param name="NeedsBackfill">Whether rows of before wait to be copied.</param>
internal sealed record SyncedMap(string Name, Database Source, TableName From, TableName To, bool NeedsBackfill)
{
    private const string IsRecorded = "select 1 from pg_attribute where attrelid = to_regclass('dualdb.sync_maps') and attname = 'target_table' and not attisdropped";

    private const string Find = """
        select distinct on (source, map) map, table_schema, table_name, target_schema, target_table, needs_backfill from dualdb.sync_maps where source = $1 and target_table is not null order by source, map, id desc
        """;

    /// <summary>The database that it writes to.</summary>
    public Database Target => Source == Database.Neon ? Database.Supabase : Database.Neon;

    /// <summary>Those of both databases; none where nothing is synchronised.</summary>
    public static async Task<IReadOnlyList<SyncedMap>> FindAsync(RunDatabases databases, CancellationToken cancellationToken)
    {
        var maps = new List<SyncedMap>();
        foreach (var (target, source) in new (PostgresDatabase, Database)[] { (databases.Neon, Database.Supabase), (databases.Supabase, Database.Neon) })
        {
            if ((await Asking.ListAsync(target, IsRecorded, [], static _ => true, cancellationToken).ConfigureAwait(false)).Count > 0)
            {
                maps.AddRange(await Asking.ListAsync(
                    target,
                    Find,
                    [Asking.Site(source)],
                    reader => new SyncedMap(reader.GetString(0), source, new TableName(reader.GetString(1), reader.GetString(2)), new TableName(reader.GetString(3), reader.GetString(4)), reader.GetBoolean(5)),
                    cancellationToken).ConfigureAwait(false));
            }
        }

        return maps;
    }
}
