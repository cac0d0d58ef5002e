using DualDb.ChangeLog;
using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Applying;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Operating;

/// <summary>Counts by map what the status of the directions counts over all. Two questions to each database, whatever the number of maps.</summary>
internal sealed class MapStatuses(DatabaseSync sync)
{
    private const string Positions = "select position from dualdb.sync_positions where source = $1";

    private const string Waiting = """
        select table_schema || '.' || table_name, count(*), greatest(interval '0', max(clock_timestamp() - recorded_at)) from (
            select table_schema, table_name, recorded_at from dualdb.change_log change
            where transaction >= pg_snapshot_xmin($1::text::pg_snapshot) and not pg_visible_in_snapshot(transaction, $1::text::pg_snapshot) and table_schema || '.' || table_name = any ($2)
            order by id limit 100000
        ) waiting group by 1
        """;

    private const string Parked = "select map, count(*) from (select map from dualdb.sync_parked limit 100000) parked group by map";

    private const string Open = "select map, count(*) from (select map from dualdb.sync_conflicts where winner = 'open' limit 100000) waiting group by map";

    public async Task<IReadOnlyList<SyncMapStatus>> ReadAsync(CancellationToken cancellationToken)
    {
        var maps = sync.Registry.Maps;
        if (maps.Count == 0)
        {
            return [];
        }

        var directions = await new SyncOperations(sync).StatusAsync(cancellationToken).ConfigureAwait(false);
        var waiting = new Dictionary<(Database Source, string Table), (long Count, TimeSpan Age)>();
        var parked = new Dictionary<string, long>(StringComparer.Ordinal);
        var open = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var source in new[] { Database.Neon, Database.Supabase })
        {
            var routes = Route.LeadingFrom(source, maps);
            if (routes.Count > 0)
            {
                await CountWaitingAsync(source, routes, waiting, cancellationToken).ConfigureAwait(false);
            }

            await DatabaseCall.AskAsync(sync.Of(source), "Counting by map", [DatabaseCall.Command(Parked), DatabaseCall.Command(Open)], (reader, token) => AddAsync(reader, parked, open, token), cancellationToken).ConfigureAwait(false);
        }

        return [.. maps.Select(map => StatusOf(map, directions, waiting, parked.GetValueOrDefault(map.Name), open.GetValueOrDefault(map.Name)))];
    }

    private static SyncMapStatus StatusOf(SyncMap map, IReadOnlyList<SyncStatus> directions, Dictionary<(Database Source, string Table), (long Count, TimeSpan Age)> waiting, long parked, long open)
    {
        var routes = Route.Of(map);
        var own = directions.Where(direction => routes.Any(route => route.From.Database == direction.Source)).ToList();
        var logs = routes.Select(route => waiting.GetValueOrDefault((route.From.Database, route.From.Name))).ToList();
        return new SyncMapStatus(map.Name, map.Source, map.Target, map.Direction, map.OnConflict)
        {
            Pending = logs.Sum(static log => log.Count),
            OldestAge = logs.Max(static log => log.Age),
            Parked = parked,
            OpenConflicts = open,
            NeedsBackfill = own.Any(direction => direction.NeedsBackfill.Contains(map.Name, StringComparer.Ordinal)),
            IsBehind = own.Any(direction => direction.Paused.Contains(map.Name, StringComparer.Ordinal)),
            Pauses = [.. own.SelectMany(static direction => direction.Pauses).Where(pause => string.Equals(pause.Map, map.Name, StringComparison.Ordinal)).DistinctBy(static pause => (pause.Table, pause.RunId))],
            Stopped = own.Select(static direction => direction.Stopped).FirstOrDefault(static stopped => stopped is not null),
        };
    }

    // Each part has a position of its own: what the slowest has not seen is counted.
    private async Task CountWaitingAsync(Database source, IReadOnlyList<Route> routes, Dictionary<(Database Source, string Table), (long Count, TimeSpan Age)> waiting, CancellationToken cancellationToken)
    {
        var positions = await DatabaseCall.AskAsync(
            sync.Of(DatabaseSync.Other(source)),
            "Reading positions",
            [DatabaseCall.Command(Positions, new NpgsqlParameter<short> { TypedValue = (short)source, NpgsqlDbType = NpgsqlDbType.Smallint })],
            static async (reader, token) =>
            {
                var all = new List<string>();
                while (await reader.ReadAsync(token).ConfigureAwait(false))
                {
                    all.Add(ChangeLogPosition.Parse(reader.GetString(0)).Seen);
                }

                return all;
            },
            cancellationToken).ConfigureAwait(false);
        if (positions.MinBy(static seen => ulong.Parse(seen[..seen.IndexOf(':', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture)) is not { } slowest)
        {
            return;
        }

        string[] tables = [.. routes.Select(static route => route.From.Name).Distinct(StringComparer.Ordinal)];
        await DatabaseCall.AskAsync(
            sync.Of(source),
            "Counting what waits in the change log",
            [DatabaseCall.Command(Waiting, DatabaseCall.Parameter(slowest), DatabaseCall.Parameter(tables, NpgsqlDbType.Text))],
            async (reader, token) =>
            {
                while (await reader.ReadAsync(token).ConfigureAwait(false))
                {
                    waiting[(source, reader.GetString(0))] = (reader.GetInt64(1), reader.GetFieldValue<TimeSpan>(2));
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static async Task<bool> AddAsync(NpgsqlDataReader reader, Dictionary<string, long> parked, Dictionary<string, long> open, CancellationToken cancellationToken)
    {
        foreach (var counts in new[] { parked, open })
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                counts[reader.GetString(0)] = counts.GetValueOrDefault(reader.GetString(0)) + reader.GetInt64(1);
            }

            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        }

        return true;
    }
}
