using System.Globalization;
using System.Runtime.ExceptionServices;
using DualDb.ChangeLog;
using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Applying;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Operating;

/// <summary>Counts by map what the status of the directions counts over all. Two questions to each database, whatever the number of maps; side by side, so that one that is away hides no more than what it holds.</summary>
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

    /// <summary>All of it, or the failure of the first database that could not be read.</summary>
    public async Task<IReadOnlyList<SyncMapStatus>> ReadAsync(CancellationToken cancellationToken)
    {
        var (maps, missing) = await KnownAsync(cancellationToken).ConfigureAwait(false);
        if (missing is [var first, ..])
        {
            ExceptionDispatchInfo.Throw(first.Failure);
        }

        return maps;
    }

    /// <summary>What can be read: of a database that cannot be, nothing is counted. Where none can, it fails as the first one did.</summary>
    public async Task<(IReadOnlyList<SyncMapStatus> Maps, IReadOnlyList<UnreadDatabase> Missing)> KnownAsync(CancellationToken cancellationToken)
    {
        var maps = sync.Registry.Maps;
        if (maps.Count == 0)
        {
            return ([], []);
        }

        var reading = new DirectionStatuses(sync).AttemptAsync(cancellationToken);
        var waiting = Task.WhenAll(DirectionStatuses.Directions(sync).Select(direction => CountWaitingAsync(direction.Source, direction.Routes, cancellationToken)));
        var counted = await EachDatabase.ReadAsync(
            new[] { Database.Neon, Database.Supabase }.Select(sync.Of),
            static (database, token) => DatabaseCall.AskAsync(database, "Counting by map", [DatabaseCall.Command(Parked), DatabaseCall.Command(Open)], ReadCountsAsync, token),
            cancellationToken).ConfigureAwait(false);
        var (directions, missing) = await reading.ConfigureAwait(false);
        var logs = (await waiting.ConfigureAwait(false)).SelectMany(static log => log).ToDictionary();
        return (
            [.. maps.Select(map => StatusOf(map, [.. directions.Select(static direction => direction.Status)], logs, counted.Values.Sum(counts => counts.Parked.GetValueOrDefault(map.Name)), counted.Values.Sum(counts => counts.Open.GetValueOrDefault(map.Name))))],
            [.. counted.Missing.Concat(missing).DistinctBy(static one => one.Database)]);
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

    // Nothing where either database cannot be read: the status of the direction says so.
    private async Task<Dictionary<(Database Source, string Table), (long Count, TimeSpan Age)>> CountWaitingAsync(Database source, IReadOnlyList<Route> routes, CancellationToken cancellationToken)
    {
        var (slowest, _) = await EachDatabase.TryAsync(sync.Of(DatabaseSync.Other(source)), (target, token) => SlowestAsync(target, source, token), cancellationToken).ConfigureAwait(false);
        if (slowest is null)
        {
            return [];
        }

        string[] tables = [.. routes.Select(static route => route.From.Name).Distinct(StringComparer.Ordinal)];
        var (waiting, _) = await EachDatabase.TryAsync(
            sync.Of(source),
            (log, token) => DatabaseCall.AskAsync(
                log,
                "Counting what waits in the change log",
                [DatabaseCall.Command(Waiting, DatabaseCall.Parameter(slowest), DatabaseCall.Parameter(tables, NpgsqlDbType.Text))],
                async (reader, ending) =>
                {
                    var found = new Dictionary<(Database, string), (long, TimeSpan)>();
                    while (await reader.ReadAsync(ending).ConfigureAwait(false))
                    {
                        found[(source, reader.GetString(0))] = (reader.GetInt64(1), reader.GetFieldValue<TimeSpan>(2));
                    }

                    return found;
                },
                token),
            cancellationToken).ConfigureAwait(false);
        return waiting ?? [];
    }

    // Each part has a position of its own: what the slowest has not seen is counted.
    private static async Task<string?> SlowestAsync(PostgresDatabase target, Database source, CancellationToken cancellationToken)
    {
        var positions = await DatabaseCall.AskAsync(
            target,
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
        return positions.MinBy(static seen => ulong.Parse(seen[..seen.IndexOf(':', StringComparison.Ordinal)], CultureInfo.InvariantCulture));
    }

    private static async Task<(Dictionary<string, long> Parked, Dictionary<string, long> Open)> ReadCountsAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var (parked, open) = (new Dictionary<string, long>(StringComparer.Ordinal), new Dictionary<string, long>(StringComparer.Ordinal));
        foreach (var counts in new[] { parked, open })
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                counts[reader.GetString(0)] = reader.GetInt64(1);
            }

            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        }

        return (parked, open);
    }
}
