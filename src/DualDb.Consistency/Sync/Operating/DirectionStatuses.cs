using System.Runtime.ExceptionServices;
using DualDb.ChangeLog;
using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Applying;
using DualDb.Consistency.Sync.Decoding;
using DualDb.Consistency.Sync.Pausing;
using DualDb.Consistency.Sync.Recording;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Operating;

/// <summary>
/// How each direction stands: its position is kept by its target, and what waits lies in its source. Both directions are read side by side, so that a database that is away or hangs hides no more than what it holds.
/// </summary>
internal sealed class DirectionStatuses(DatabaseSync sync)
{
    private const string Positions = """
        select p.part, p.position, p.last_recorded_at, p.expires_at > clock_timestamp(), p.stopped, (select count(*) from dualdb.sync_parked a where a.source = p.source)
        from dualdb.sync_positions p where p.source = $1 order by p.part
        """;

    private const string Waiting = """
        select count(*), coalesce(max(clock_timestamp() - recorded_at), interval '0') from (
            select recorded_at from dualdb.change_log change
            where transaction >= pg_snapshot_xmin($1::text::pg_snapshot) and not pg_visible_in_snapshot(transaction, $1::text::pg_snapshot) and table_schema || '.' || table_name = any ($2)
            order by id limit 100000
        ) waiting
        """;

    private const string Held = "select part, map from dualdb.sync_held where source = $1 order by map";

    /// <summary>The directions of a root, and the routes of each.</summary>
    public static IEnumerable<(Database Source, IReadOnlyList<Route> Routes)> Directions(DatabaseSync sync)
        => new[] { Database.Neon, Database.Supabase }.Select(source => (source, Route.LeadingFrom(source, sync.Registry.Maps))).Where(static direction => direction.Item2.Count > 0);

    /// <summary>All of it, or the failure of the first database that could not be read.</summary>
    public async Task<IReadOnlyList<SyncStatus>> ReadAsync(CancellationToken cancellationToken)
    {
        var (directions, missing) = await AttemptAsync(cancellationToken).ConfigureAwait(false);
        if (missing is [var first, ..])
        {
            ExceptionDispatchInfo.Throw(first.Failure);
        }

        return [.. directions.Select(static direction => direction.Status)];
    }

    /// <summary>What can be read; where that is nothing, it fails as the first database did.</summary>
    public async Task<(IReadOnlyList<KnownDirection> Directions, IReadOnlyList<UnreadDatabase> Missing)> KnownAsync(CancellationToken cancellationToken)
    {
        var (directions, missing) = await AttemptAsync(cancellationToken).ConfigureAwait(false);
        if (directions.Count == 0 && missing is [var first, ..])
        {
            ExceptionDispatchInfo.Throw(first.Failure);
        }

        return (directions, missing);
    }

    /// <summary>What can be read, also where that is nothing.</summary>
    public async Task<(IReadOnlyList<KnownDirection> Directions, IReadOnlyList<UnreadDatabase> Missing)> AttemptAsync(CancellationToken cancellationToken)
    {
        var read = await Task.WhenAll(Directions(sync).Select(direction => ReadAsync(direction.Source, direction.Routes, cancellationToken))).ConfigureAwait(false);
        return ([.. read.SelectMany(static one => one.Directions)], [.. read.Select(static one => one.Missing).OfType<UnreadDatabase>().DistinctBy(static one => one.Database)]);
    }

    private async Task<(IReadOnlyList<KnownDirection> Directions, UnreadDatabase? Missing)> ReadAsync(Database source, IReadOnlyList<Route> routes, CancellationToken cancellationToken)
    {
        var (positions, away) = await EachDatabase.TryAsync(sync.Of(DatabaseSync.Other(source)), (target, token) => PositionsAsync(target, source, routes, token), cancellationToken).ConfigureAwait(false);
        if (positions is null)
        {
            return ([], away);
        }

        var (counted, unread) = await EachDatabase.TryAsync(sync.Of(source), (log, token) => CountAsync(log, positions, routes, token), cancellationToken).ConfigureAwait(false);
        return counted is not null
            ? ([.. counted.Select(static status => new KnownDirection(status, IsCounted: true))], null)
            : ([.. positions.Select(static position => new KnownDirection(position.Status, IsCounted: false))], unread);
    }

    private static Task<List<(SyncStatus Status, string Seen)>> PositionsAsync(PostgresDatabase target, Database source, IReadOnlyList<Route> routes, CancellationToken cancellationToken)
        => DatabaseCall.AskAsync(
            target,
            "Reading positions",
            [DatabaseCall.Command(Positions, Site(source)), RecordedMaps.Command(source), DatabaseCall.Command(Held, Site(source)), PauseSql.OpenOf(routes)],
            (reader, token) => ReadPositionsAsync(reader, source, routes, token),
            cancellationToken);

    private async Task<List<SyncStatus>> CountAsync(PostgresDatabase source, List<(SyncStatus Status, string Seen)> positions, IReadOnlyList<Route> routes, CancellationToken cancellationToken)
    {
        var retained = sync.Options.SourceOf(source.Kind).IsDecoded ? await new Slots(source).RetainedAsync(cancellationToken).ConfigureAwait(false) : null;
        var all = new List<SyncStatus>();
        foreach (var (status, seen) in positions)
        {
            var (pending, age) = await DatabaseCall.AskAsync(
                source,
                "Counting what waits in the change log",
                [DatabaseCall.Command(Waiting, DatabaseCall.Parameter(seen), DatabaseCall.Parameter(routes.Select(static route => route.From.Name).Distinct(StringComparer.Ordinal).ToArray(), NpgsqlDbType.Text))],
                static async (reader, token) => await reader.ReadAsync(token).ConfigureAwait(false) ? (reader.GetInt64(0), reader.GetFieldValue<TimeSpan>(1)) : default,
                cancellationToken).ConfigureAwait(false);
            all.Add(status with { Pending = pending, OldestAge = age, RetainedWal = retained });
        }

        return all;
    }

    private static async Task<List<(SyncStatus Status, string Seen)>> ReadPositionsAsync(NpgsqlDataReader reader, Database source, IReadOnlyList<Route> routes, CancellationToken cancellationToken)
    {
        var positions = new List<(SyncStatus, string)>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            positions.Add((
                new SyncStatus(
                    source,
                    reader.GetInt16(0),
                    Pending: 0,
                    TimeSpan.Zero,
                    reader.IsDBNull(2) ? null : reader.GetFieldValue<DateTimeOffset>(2),
                    reader.GetInt64(5),
                    reader.GetBoolean(3),
                    reader.IsDBNull(4) ? null : reader.GetString(4)),
                ChangeLogPosition.Parse(reader.GetString(1)).Seen));
        }

        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var recorded = await RecordedMaps.ReadAsync(reader, source, cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var held = new List<(int Part, string Map)>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            held.Add((reader.GetInt16(0), reader.GetString(1)));
        }

        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var pauses = await PauseSql.ReadAsync(reader, cancellationToken).ConfigureAwait(false);
        var paused = held.ToLookup(static map => map.Part, static map => map.Map);
        return [.. positions.Select(found => (found.Item1 with { NeedsBackfill = recorded.NeedingBackfill, Fault = recorded.FaultOf(routes), Paused = [.. paused[found.Item1.Part]], Pauses = pauses }, found.Item2))];
    }

    private static NpgsqlParameter Site(Database source) => new NpgsqlParameter<short> { TypedValue = (short)source, NpgsqlDbType = NpgsqlDbType.Smallint };
}

/// <summary>How a direction stands, as far as it is known.</summary>
/// <param name="Status">How it stands.</param>
/// <param name="IsCounted">Whether its source could be asked for what waits there.</param>
internal sealed record KnownDirection(SyncStatus Status, bool IsCounted);
