using DualDb.Consistency.Schema;
using Npgsql;

namespace DualDb.AspNetCore.Dashboard.Sections.Nodes;

/// <summary>A node that a database knows.</summary>
/// <param name="Role">What it does there.</param>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name; empty where it has none.</param>
/// <param name="At">When it was heard of last, or until when it counts.</param>
internal sealed record KnownNode(string Role, string Id, string Name, DateTimeOffset At);

/// <summary>Something that one node has for some time.</summary>
/// <param name="What">What.</param>
/// <param name="Holder">Who has it; empty for nobody.</param>
/// <param name="Count">How many of its kind.</param>
/// <param name="Until">Until when; null where it never was held.</param>
/// <param name="IsHeld">Whether that is still to come.</param>
internal sealed record KnownLease(string What, string Holder, long Count, DateTimeOffset? Until, bool IsHeld);

/// <summary>What one database knows of nodes.</summary>
/// <param name="IsInstalled">Whether anything of ours is there.</param>
/// <param name="Nodes">The nodes.</param>
/// <param name="Leases">What they have.</param>
internal sealed record KnownNodes(bool IsInstalled, IReadOnlyList<KnownNode> Nodes, IReadOnlyList<KnownLease> Leases);

/// <summary>Asks a database for nodes and leases, of what is installed there.</summary>
internal static class LeaseReading
{
    private static readonly (string Table, string Sql)[] Nodes =
    [
        ("outbox_nodes", "select 'events', node::text, name, expires_at from dualdb.outbox_nodes"),
        ("alert_nodes", "select 'monitoring of ' || application, node::text, '', seen_at from dualdb.alert_nodes"),
    ];

    private static readonly (string Table, string Sql)[] Leases =
    [
        ("outbox_slots", "select 'keys of events', owner::text, count(*), max(expires_at) from dualdb.outbox_slots group by owner"),
        ("sync_positions", "select 'changes from ' || case source when 0 then 'Neon' else 'Supabase' end || ', part ' || part, owner::text, 1::bigint, expires_at from dualdb.sync_positions"),
        ("sync_tasks", "select 'task ' || task, owner::text, 1::bigint, expires_at from dualdb.sync_tasks"),
        ("alert_leases", "select 'alerts of ' || application, owner::text, 1::bigint, expires_at from dualdb.alert_leases"),
        ("sagas", "select 'sagas', lease_owner, count(*), max(lease_until) from dualdb.sagas where lease_until > clock_timestamp() group by lease_owner"),
    ];

    private static readonly string Search =
        "select t from unnest(array[" + string.Join(", ", Nodes.Concat(Leases).Select(static source => $"'{source.Table}'")) + "]) as t where to_regclass('dualdb.' || t) is not null";

    public static async Task<KnownNodes> ReadAsync(PostgresDatabase database, CancellationToken cancellationToken)
    {
        var present = await DatabaseCall.AskAsync(database, "Reading nodes", [DatabaseCall.Command(Search)], static (reader, token) => ListAsync(reader, static row => row.GetString(0), token), cancellationToken).ConfigureAwait(false);
        if (present.Count == 0)
        {
            return new KnownNodes(IsInstalled: false, [], []);
        }

        return await DatabaseCall.AskAsync(
            database,
            "Reading nodes",
            [DatabaseCall.Command(Union(Nodes, present, "''::text, ''::text, ''::text, clock_timestamp()") + " order by 4 desc, 1, 2"), DatabaseCall.Command(LeaseSql(present))],
            static async (reader, token) =>
            {
                var nodes = await ListAsync(reader, static row => new KnownNode(row.GetString(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3)), token).ConfigureAwait(false);
                await reader.NextResultAsync(token).ConfigureAwait(false);
                return new KnownNodes(IsInstalled: true, nodes, await ListAsync(reader, ReadLease, token).ConfigureAwait(false));
            },
            cancellationToken).ConfigureAwait(false);
    }

    // '-infinity' is no moment to show: nobody has held it.
    private static string LeaseSql(IReadOnlyList<string> present)
        => "select what, coalesce(owner, ''), number, case when isfinite(until) then until end, coalesce(until > clock_timestamp(), false) from ("
            + Union(Leases, present, "''::text, ''::text, 0::bigint, clock_timestamp()") + ") as l (what, owner, number, until) order by 1, 2";

    private static string Union((string Table, string Sql)[] sources, IReadOnlyList<string> present, string nothing)
    {
        List<string> parts = [.. sources.Where(source => present.Contains(source.Table, StringComparer.Ordinal)).Select(static source => source.Sql)];
        return parts.Count > 0 ? string.Join(" union all ", parts) : $"select {nothing} where false";
    }

    private static KnownLease ReadLease(NpgsqlDataReader row)
        => new(row.GetString(0), row.GetString(1), row.GetInt64(2), row.IsDBNull(3) ? null : row.GetFieldValue<DateTimeOffset>(3), row.GetBoolean(4));

    private static async Task<List<T>> ListAsync<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var list = new List<T>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            list.Add(read(reader));
        }

        return list;
    }
}
