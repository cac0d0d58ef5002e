using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Applying;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Schema;

/// <summary>
/// Finds foreign keys by which the arrival of one row would change rows of a two-way table. What such a table gets while a page is applied is taken for what the other side has said, and not told back: where that side has no such foreign
/// key, it would never hear of it.
/// </summary>
internal sealed class CascadeCheck(IDualDatabase root, IReadOnlyList<SyncMap> maps)
{
    /// <summary>
    /// All that is reached from the tables <c>$1</c>.<c>$2</c>, also over others: a deletion goes on where it deletes, an update where it updates. The constraint is the last one of the way.
    /// </summary>
    private const string Sql = """
        with recursive keys as (
            select confrelid as parent, conrelid as child, conname::text as name, confdeltype, confupdtype from pg_constraint
            where contype = 'f' and conparentid = 0 and (confdeltype in ('c', 'n', 'd') or confupdtype in ('c', 'n', 'd'))
        ), reached as (
            select c.oid as root, k.child, k.name, k.confdeltype = 'c' as deletes
            from unnest($1::text[], $2::text[]) wanted (table_schema, table_name)
            join pg_namespace n on n.nspname = wanted.table_schema
            join pg_class c on c.relnamespace = n.oid and c.relname = wanted.table_name
            join keys k on k.parent = c.oid
            union
            select r.root, k.child, k.name, r.deletes and k.confdeltype = 'c'
            from reached r join keys k on k.parent = r.child and (k.confupdtype in ('c', 'n', 'd') or r.deletes)
        )
        select distinct rn.nspname, rc.relname, cn.nspname, cc.relname, reached.name
        from reached
        join pg_class rc on rc.oid = reached.root join pg_namespace rn on rn.oid = rc.relnamespace
        join pg_class cc on cc.oid = reached.child join pg_namespace cn on cn.oid = cc.relnamespace
        order by 1, 2, 3, 4, 5
        """;

    /// <exception cref="DualDbConfigurationException">There is one that the other side lacks.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var routes = maps.SelectMany(Route.Of).ToList();
        if (!routes.Exists(static route => route.KeepsRows))
        {
            return;
        }

        var cascades = new Dictionary<Database, ILookup<(SyncTable From, SyncTable To), string>>
        {
            [Database.Neon] = await FindAsync(root.Neon, routes, cancellationToken).ConfigureAwait(false),
            [Database.Supabase] = await FindAsync(root.Supabase, routes, cancellationToken).ConfigureAwait(false),
        };
        foreach (var parent in routes)
        {
            foreach (var child in routes.Where(child => child.KeepsRows && child.To.Database == parent.To.Database))
            {
                if (cascades[parent.To.Database][(parent.To, child.To)].FirstOrDefault() is { } key && !cascades[parent.From.Database].Contains((parent.From, child.From)))
                {
                    throw Refused(parent, child, key);
                }
            }
        }
    }

    private static DualDbConfigurationException Refused(Route parent, Route child, string key) => new(
        $"When a row of {parent.To} is deleted or changed since that has happened in {parent.From.Database}, the foreign key {key} deletes or changes rows of {child.To}, which both sides write. The other side would not hear of it: it has no such foreign key "
        + $"from {child.From.Name} to {parent.From.Name}. Declare the same one there, or have {key} do nothing (on delete no action, on update no action).") { Database = parent.To.Database };

    private static Task<ILookup<(SyncTable From, SyncTable To), string>> FindAsync(PostgresDatabase database, IReadOnlyList<Route> routes, CancellationToken cancellationToken)
    {
        var tables = routes.SelectMany(static route => new[] { route.From, route.To }).Where(table => table.Database == database.Kind).Distinct().ToList();
        return DatabaseCall.AskAsync(
            database,
            "Looking for foreign keys that cascade",
            [
                DatabaseCall.Command(
                    Sql, DatabaseCall.Parameter(tables.Select(static table => table.Schema).ToArray(), NpgsqlDbType.Text), DatabaseCall.Parameter(tables.Select(static table => table.Table).ToArray(), NpgsqlDbType.Text)),
            ],
            (reader, token) => ReadAsync(reader, database.Kind, token),
            cancellationToken);
    }

    private static async Task<ILookup<(SyncTable From, SyncTable To), string>> ReadAsync(NpgsqlDataReader reader, Database database, CancellationToken cancellationToken)
    {
        var found = new List<(SyncTable Parent, SyncTable Child, string Key)>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            found.Add((new SyncTable(database, reader.GetString(0), reader.GetString(1)), new SyncTable(database, reader.GetString(2), reader.GetString(3)), reader.GetString(4)));
        }

        return found.ToLookup(static row => (row.Parent, row.Child), static row => row.Key);
    }
}
