using DualDb.ChangeLog;
using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Applying;
using DualDb.Consistency.Sync.Pausing;
using DualDb.Consistency.Sync.Recording;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Running;

/// <summary>A node's hold on a part of a direction, by the target's clock. It spares others the same work; that nothing is applied twice is the position's to see to.</summary>
internal sealed class PositionLease(PostgresDatabase target, Database source, IReadOnlyList<Route> routes, int part, SyncOptions options)
{
    /// <summary>
    /// Only where this node has one at least of the maps that the position stands for (<c>$5</c>). Those that it lacks are held where the position is: it will pass over their changes. A node that has all takes it from one that has not.
    /// So are those that are paused, whoever has it. What is held of a map that was forgotten is let go.
    /// </summary>
    private const string Take = $"""
        with recorded as (
            select map, name, name <> all ($5) as is_lacking from (
                select distinct on (map) map, map || ' ' || form as name from dualdb.sync_maps where source = $1 order by map, id desc) forms
        ), paused as (
            select r.map from unnest($6::text[], $7::text[], $8::text[]) r (map, from_table, to_table) where exists (select from dualdb.sync_pauses p where {PauseSql.IsOpen} and {PauseSql.IsOf})
        ), taken as (
            update dualdb.sync_positions set owner = $3, expires_at = clock_timestamp() + $4, is_partial = (select bool_or(is_lacking) from recorded)
            where source = $1 and part = $2
                and (owner = $3 or expires_at < clock_timestamp() or (is_partial and not (select bool_or(is_lacking) from recorded)))
                and (select bool_or(not is_lacking) from recorded)
            returning position, parts, stopped, last_change_id, last_recorded_at
        ), held as (
            insert into dualdb.sync_held (source, part, map, position) select $1, $2, map, position from recorded, taken where is_lacking or map in (select map from paused) on conflict do nothing
        ), forgotten as (
            delete from dualdb.sync_held h where h.source = $1 and h.part = $2 and exists (select from taken) and not exists (select from recorded r where r.map = h.map)
        )
        select * from taken
        """;

    private const string HeldSql = "select map, position from dualdb.sync_held where source = $1 and part = $2";

    private const string Look = "select stopped from dualdb.sync_positions where source = $1 and part = $2";

    private const string Free = "update dualdb.sync_positions set expires_at = '-infinity' where source = $1 and part = $2 and owner = $3";

    private const string StopSql = "update dualdb.sync_positions set stopped = $3, stopped_at = clock_timestamp(), keeps_position = $4 where source = $1 and part = $2 and stopped is null";

    /// <summary>Also where another login has installed it: what a login that is not listed writes would be told back.</summary>
    private const string Login = "insert into dualdb.sync_logins (login) select session_user where not exists (select from dualdb.sync_logins where login = session_user) on conflict do nothing";

    private readonly Guid _owner = Guid.CreateVersion7();
    private readonly string[] _maps = RecordedMaps.Names(routes);
    private long _takenAt;
    private bool _wasThere;
    private bool _isBehind;

    /// <summary>Under which name this node takes it.</summary>
    public Guid Owner => _owner;

    /// <summary>What this node does not carry, and why; null where it carries all.</summary>
    public string? Fault { get; private set; }

    /// <summary>The maps whose rows from before they were recorded nobody has copied.</summary>
    public IReadOnlyList<string> NeedingBackfill { get; private set; } = [];

    /// <summary>Whether it lasts for as long as an application may take.</summary>
    public bool IsValid => _takenAt != 0 && target.Clock.GetElapsedTime(_takenAt) < options.Lease * 2 / 3;

    /// <summary>Lists the login of this node as one that carries changes.</summary>
    public Task IntroduceAsync(CancellationToken cancellationToken) => DatabaseCall.RunAsync(target, "Listing the login of the synchronisation", [DatabaseCall.Command(Login)], cancellationToken);

    /// <summary>Takes or renews it.</summary>
    /// <returns>The position, and why it is stopped; null where another node has it, or this one has nothing to carry.</returns>
    /// <exception cref="DualDbConfigurationException">It was installed with another number of parts, or not at all.</exception>
    public async Task<LeasedPosition?> TakeAsync(CancellationToken cancellationToken)
    {
        var before = target.Clock.GetTimestamp();
        var found = await DatabaseCall.RunAsync(
            target,
            "Leasing a position of the synchronisation",
            [TakeCommand(), DatabaseCall.Command(Look, Short((short)source), Short((short)part)), RecordedMaps.Command(source), DatabaseCall.Command(HeldSql, Short((short)source), Short((short)part)), PauseSql.OpenOf(routes)],
            ReadAsync,
            cancellationToken).ConfigureAwait(false);
        if (found is not null && _isBehind)
        {
            // A map was recorded, forgotten or paused while the lease was being taken.
            await ReleaseAsync(cancellationToken).ConfigureAwait(false);
            return null;
        }

        _takenAt = found is null ? 0 : before;
        return found;
    }

    public Task ReleaseAsync(CancellationToken cancellationToken)
    {
        _takenAt = 0;
        return DatabaseCall.RunAsync(target, "Releasing a position", [DatabaseCall.Command(Free, Short((short)source), Short((short)part), DatabaseCall.Parameter(_owner))], cancellationToken);
    }

    /// <summary>Stops the direction until an operator resumes it.</summary>
    /// <param name="why">Why.</param>
    /// <param name="keepsPosition">Whether it goes on from where it is then: nothing is the matter with its log.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task StopAsync(string why, bool keepsPosition, CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(
            target,
            "Stopping a direction",
            [DatabaseCall.Command(StopSql, Short((short)source), Short((short)part), DatabaseCall.Parameter(why), new NpgsqlParameter<bool> { TypedValue = keepsPosition, NpgsqlDbType = NpgsqlDbType.Boolean })],
            cancellationToken);

    private async Task<LeasedPosition?> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        LeasedPosition? leased = null;
        if (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (reader.GetInt16(1) != options.Parts)
            {
                throw new DualDbConfigurationException(
                    $"The changes of {source} are followed in {reader.GetInt16(1)} parts, and SyncOptions.Parts is {options.Parts}. Set it back: a key would change its part while changes of it are on their way.") { Database = source };
            }

            leased = new LeasedPosition(ChangeLogPosition.Parse(reader.GetString(0)), reader.IsDBNull(2) ? null : reader.GetString(2), reader.IsDBNull(3) ? null : (reader.GetInt64(3), reader.GetFieldValue<DateTimeOffset>(4)));
        }

        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var isThere = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var recorded = await RecordedMaps.ReadAsync(reader, source, cancellationToken).ConfigureAwait(false);
        (Fault, NeedingBackfill) = (recorded.FaultOf(routes), recorded.NeedingBackfill);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var held = new Dictionary<string, ChangeLogPosition>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            held.Add(reader.GetString(0), ChangeLogPosition.Parse(reader.GetString(1)));
        }

        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var pauses = await PauseSql.ReadAsync(reader, cancellationToken).ConfigureAwait(false);
        var able = recorded.CarriedBy(routes);
        var (paused, carried) = (able.Where(route => IsPaused(route, pauses)).ToList(), able.Where(route => !IsPaused(route, pauses)).ToList());
        _isBehind = able.Count == 0 || !recorded.LackedBy(routes).Concat(paused.Select(static route => route.Map.Name)).All(held.ContainsKey);

        // Where it was there and is no more, its maps were forgotten: that is no reason to end the host.
        _wasThere |= isThere;
        return _wasThere
            ? leased is null ? null : leased with { Carried = carried, Held = held, Pauses = [.. pauses.Where(pause => paused.Any(route => string.Equals(route.Map.Name, pause.Map, StringComparison.Ordinal)))] }
            : throw new DualDbConfigurationException($"The synchronisation from {source} is not installed in {target.Kind}. Call db.Sync.InstallAsync() first.") { Database = target.Kind };
    }

    private NpgsqlBatchCommand TakeCommand()
        => DatabaseCall.Command(
            Take, [Short((short)source), Short((short)part), DatabaseCall.Parameter(_owner), DatabaseCall.Parameter(options.Lease), DatabaseCall.Parameter(_maps, NpgsqlDbType.Text), .. PauseSql.Ways(routes)]);

    private static bool IsPaused(Route route, IReadOnlyList<MapPause> pauses) => pauses.Any(pause => string.Equals(pause.Map, route.Map.Name, StringComparison.Ordinal));

    private static NpgsqlParameter Short(short value) => new NpgsqlParameter<short> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Smallint };
}

/// <summary>A position that this node may move.</summary>
/// <param name="Position">The position.</param>
/// <param name="Stopped">Why the direction is stopped; null where it is not.</param>
/// <param name="LastChange">The last change that was applied, by its number and time; null for none yet.</param>
internal sealed record LeasedPosition(ChangeLogPosition Position, string? Stopped, (long Id, DateTimeOffset RecordedAt)? LastChange)
{
    /// <summary>What this node carries of it.</summary>
    public IReadOnlyList<Route> Carried { get; init; } = [];

    /// <summary>What of its maps is paused: they are behind it, and nobody carries them.</summary>
    public IReadOnlyList<MapPause> Pauses { get; init; } = [];

    /// <summary>The maps that are behind it, and from where their changes are still to be carried.</summary>
    public IReadOnlyDictionary<string, ChangeLogPosition> Held { get; init; } = new Dictionary<string, ChangeLogPosition>(StringComparer.Ordinal);
}
