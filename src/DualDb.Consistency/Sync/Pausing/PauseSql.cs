using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Applying;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Pausing;

/// <summary>
/// Pauses as both databases keep them: each in both, so that whoever applies reads it where he applies. One names a map, or a table, and with it the maps that read or write it; those are written by migrations, which know tables alone.
/// </summary>
internal static class PauseSql
{
    /// <summary>Whether <c>p</c> holds just now.</summary>
    public const string IsOpen = "p.ended_at is null and p.expires_at > clock_timestamp()";

    /// <summary>Whether <c>p</c> holds the way <c>r</c>, which is a map with its tables on both sides.</summary>
    public const string IsOf = "(p.map = r.map or p.map is null and format('%s %s.%s', p.site, p.table_schema, p.table_name) in (r.from_table, r.to_table))";

    /// <summary>What holds ways that are given as <see cref="Ways"/>.</summary>
    public const string Open = $"""
        select r.map, case when p.map is null then format('%s.%s in %s', p.table_schema, p.table_name, case p.site when 0 then 'Neon' else 'Supabase' end) end, p.run_id, p.reason, p.actor, p.paused_at, nullif(p.expires_at, 'infinity')
        from unnest($1::text[], $2::text[], $3::text[]) r (map, from_table, to_table) join dualdb.sync_pauses p on {IsOpen} and {IsOf}
        order by r.map, p.paused_at
        """;

    /// <summary>Whoever holds a position may be in the middle of a page: it is waited for, and the next one is accepted of nobody who has not read the pause.</summary>
    public const string Revoke = "update dualdb.sync_positions set owner = null, expires_at = '-infinity'";

    /// <summary>Those that are over are kept for a day, for whoever asks what has been.</summary>
    public const string Purge = "delete from dualdb.sync_pauses where coalesce(ended_at, expires_at) < clock_timestamp() - interval '1 day'";

    /// <summary>Ways, by the names that pauses have for them: three parameters.</summary>
    public static NpgsqlParameter[] Ways(IReadOnlyList<Route> routes) =>
    [
        DatabaseCall.Parameter(routes.Select(static route => route.Map.Name).ToArray(), NpgsqlDbType.Text),
        DatabaseCall.Parameter(routes.Select(static route => NameOf(route.From)).ToArray(), NpgsqlDbType.Text),
        DatabaseCall.Parameter(routes.Select(static route => NameOf(route.To)).ToArray(), NpgsqlDbType.Text),
    ];

    public static NpgsqlBatchCommand OpenOf(IReadOnlyList<Route> routes) => DatabaseCall.Command(Open, Ways(routes));

    public static async Task<IReadOnlyList<MapPause>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var pauses = new List<MapPause>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            pauses.Add(new MapPause(
                reader.GetString(0),
                reader.IsDBNull(1) ? null : reader.GetString(1),
                reader.IsDBNull(2) ? null : reader.GetGuid(2),
                reader.GetString(3),
                reader.GetString(4),
                reader.GetFieldValue<DateTimeOffset>(5),
                reader.IsDBNull(6) ? null : reader.GetFieldValue<DateTimeOffset>(6)));
        }

        return pauses;
    }

    private static string NameOf(SyncTable table) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(int)table.Database} {table.Name}");
}
