using System.Globalization;
using DualDb.Consistency.Monitoring.Alerts.Sharing;
using DualDb.Consistency.Schema;
using Npgsql;

namespace DualDb.AspNetCore.Dashboard.Sections.Nodes;

/// <summary>A node that a database knows.</summary>
/// <param name="Role">What it does there.</param>
/// <param name="Application">Whose it is; empty where that is not known.</param>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name; empty where it has none.</param>
/// <param name="Until">Until when it counts without being heard of again.</param>
/// <param name="IsLapsed">Whether that is over: it ended without a word, or cannot reach the database.</param>
internal sealed record KnownNode(string Role, string Application, string Id, string Name, DateTimeOffset Until, bool IsLapsed);

/// <summary>Something that one node has for some time.</summary>
/// <param name="What">What.</param>
/// <param name="Application">Whose it is; empty where that is not known.</param>
/// <param name="Holder">Who has it; empty for nobody.</param>
/// <param name="Count">How many of its kind.</param>
/// <param name="Until">Until when; null where it never was held.</param>
/// <param name="IsHeld">Whether that is still to come.</param>
internal sealed record KnownLease(string What, string Application, string Holder, long Count, DateTimeOffset? Until, bool IsHeld);

/// <summary>What is shown of a list, and how long it is.</summary>
/// <param name="Shown">What is shown.</param>
/// <param name="Count">How many there are.</param>
internal sealed record KnownList<T>(IReadOnlyList<T> Shown, long Count)
{
    public static KnownList<T> None { get; } = new([], 0);
}

/// <summary>What one database knows of nodes.</summary>
/// <param name="IsInstalled">Whether anything of ours is there.</param>
/// <param name="Nodes">The nodes, those that count first.</param>
/// <param name="Leases">What they have, what is held first.</param>
internal sealed record KnownNodes(bool IsInstalled, KnownList<KnownNode> Nodes, KnownList<KnownLease> Leases);

/// <summary>Asks a database for nodes and leases, of what is installed there.</summary>
internal static class LeaseReading
{
    /// <summary>So many of each are shown: nodes that die by the hundred leave as many rows behind for a while.</summary>
    public const int Most = 100;

    private static readonly (string Table, string Sql)[] Nodes =
    [
        ("outbox_nodes", "select 'events', '', node::text, name, expires_at from dualdb.outbox_nodes"),
        ("alert_nodes", string.Create(CultureInfo.InvariantCulture, $"select 'monitoring', application, node::text, '', seen_at + interval '{AlertSharing.Lease.TotalSeconds} seconds' from dualdb.alert_nodes")),
    ];

    private static readonly (string Table, string Sql)[] Leases =
    [
        ("outbox_slots", "select 'keys of events', '', owner::text, count(*), max(expires_at) from dualdb.outbox_slots group by owner"),
        ("sync_positions", "select 'changes from ' || case source when 0 then 'Neon' else 'Supabase' end || ', part ' || part, '', owner::text, 1::bigint, expires_at from dualdb.sync_positions"),
        ("sync_tasks", "select 'task ' || task, '', owner::text, 1::bigint, expires_at from dualdb.sync_tasks"),
        ("alert_leases", "select 'alerts', application, owner::text, 1::bigint, expires_at from dualdb.alert_leases"),
        ("sagas", "select 'sagas', '', lease_owner, count(*), max(lease_until) from dualdb.sagas where lease_until > clock_timestamp() group by lease_owner"),
    ];

    private static readonly string Search =
        "select t from unnest(array[" + string.Join(", ", Nodes.Concat(Leases).Select(static source => $"'{source.Table}'")) + "]) as t where to_regclass('dualdb.' || t) is not null";

    public static async Task<KnownNodes> ReadAsync(PostgresDatabase database, CancellationToken cancellationToken)
    {
        var present = await DatabaseCall.AskAsync(database, "Reading nodes", [DatabaseCall.Command(Search)], static (reader, token) => ListAsync(reader, static row => row.GetString(0), token), cancellationToken).ConfigureAwait(false);
        if (present.Count == 0)
        {
            return new KnownNodes(IsInstalled: false, KnownList<KnownNode>.None, KnownList<KnownLease>.None);
        }

        return await DatabaseCall.AskAsync(
            database,
            "Reading nodes",
            [DatabaseCall.Command(NodeSql(present), DatabaseCall.Parameter(Most)), DatabaseCall.Command(LeaseSql(present), DatabaseCall.Parameter(Most))],
            static async (reader, token) =>
            {
                var nodes = await KnownAsync(reader, static row => new KnownNode(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetFieldValue<DateTimeOffset>(4), row.GetBoolean(5)), token).ConfigureAwait(false);
                await reader.NextResultAsync(token).ConfigureAwait(false);
                return new KnownNodes(IsInstalled: true, nodes, await KnownAsync(reader, ReadLease, token).ConfigureAwait(false));
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static string NodeSql(IReadOnlyList<string> present)
        => "select role, application, node, name, until, until <= clock_timestamp(), count(*) over () from ("
            + Union(Nodes, present, "''::text, ''::text, ''::text, ''::text, clock_timestamp()") + ") as n (role, application, node, name, until) order by 6, 5 desc, 1, 3 limit $1";

    // '-infinity' is no moment to show: nobody has held it.
    private static string LeaseSql(IReadOnlyList<string> present)
        => "select what, application, coalesce(owner, ''), number, case when isfinite(until) then until end, coalesce(until > clock_timestamp(), false), count(*) over () from ("
            + Union(Leases, present, "''::text, ''::text, ''::text, 0::bigint, clock_timestamp()") + ") as l (what, application, owner, number, until) order by 6 desc, 1, 2, 3 limit $1";

    private static string Union((string Table, string Sql)[] sources, IReadOnlyList<string> present, string nothing)
    {
        List<string> parts = [.. sources.Where(source => present.Contains(source.Table, StringComparer.Ordinal)).Select(static source => source.Sql)];
        return parts.Count > 0 ? string.Join(" union all ", parts) : $"select {nothing} where false";
    }

    private static KnownLease ReadLease(NpgsqlDataReader row)
        => new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.IsDBNull(4) ? null : row.GetFieldValue<DateTimeOffset>(4), row.GetBoolean(5));

    // Each row ends with how many there are.
    private static async Task<KnownList<T>> KnownAsync<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = await ListAsync(reader, row => (Row: read(row), Count: row.GetInt64(6)), cancellationToken).ConfigureAwait(false);
        return new KnownList<T>([.. rows.Select(static row => row.Row)], rows.Count > 0 ? rows[0].Count : 0);
    }

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
