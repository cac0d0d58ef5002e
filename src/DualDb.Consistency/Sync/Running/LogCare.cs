using DualDb.ChangeLog;
using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Applying;
using DualDb.Consistency.Sync.Pausing;
using DualDb.Consistency.Sync.Verification;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Running;

/// <summary>Takes the figures of a direction, and removes what nobody needs any more.</summary>
internal sealed class LogCare(PostgresDatabase source, PostgresDatabase target, int part, Guid owner, FlowState state, SyncOptions options)
{
    /// <summary>More are not counted: the figure is looked at, not added up.</summary>
    private const string Figures = """
        select
            (select count(*) from (select from dualdb.change_log where transaction >= pg_snapshot_xmin($1::text::pg_snapshot) and not pg_visible_in_snapshot(transaction, $1::text::pg_snapshot) limit 2000000) pending),
            coalesce((select clock_timestamp() - min(recorded_at) from (
                select recorded_at from dualdb.change_log
                where transaction >= pg_snapshot_xmin($1::text::pg_snapshot) and not pg_visible_in_snapshot(transaction, $1::text::pg_snapshot) order by id limit 1) oldest), interval '0'),
            coalesce((select max(clock_timestamp() - xact_start) from pg_stat_activity where datname = current_database() and backend_xid is not null), interval '0'),
            coalesce((select clock_timestamp() - recorded_at from dualdb.change_log order by id limit 1), interval '0')
        """;

    /// <summary>What was not applied is held; a log that is shared with a cache is removed from by either.</summary>
    private const string Hold = "update dualdb.change_log_state set held = pg_snapshot_xmin($1::text::pg_snapshot) where held is distinct from pg_snapshot_xmin($1::text::pg_snapshot)";

    private const string Save = "update dualdb.sync_positions set position = $3, stepped_at = clock_timestamp() where source = $1 and part = $2 and position = $4 and owner = $5 and stopped is null returning 1";

    private const string Positions = "select position from dualdb.sync_positions where source = $1 union all select position from dualdb.sync_held where source = $1";

    /// <summary>Conflicts lie where they are decided, which is where changes of the other side arrive.</summary>
    /// <summary>The oldest alone are looked at, so that nothing is searched where all are to be kept. In the database whose rows were decided on: each direction looks after what it has written.</summary>
    private const string ForgetConflicts = """
        delete from dualdb.sync_conflicts
        where id in (select id from (select id, coalesce(resolved_at, at) as at, winner from dualdb.sync_conflicts where winner <> 'open' order by id limit 10000) oldest where at < clock_timestamp() - $1)
        """;

    private const string Parked = "select (select count(*) from dualdb.sync_parked where source = $1), (select count(*) from dualdb.sync_conflicts where winner = 'open')";

    private const string Forget = "delete from dualdb.sync_rows where ctid = any (array(select ctid from dualdb.sync_rows where deleted and changed_at < clock_timestamp() - $1 limit 10000))";

    private static readonly TimeSpan CountInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CareInterval = TimeSpan.FromMinutes(1);

    /// <summary>A position is also moved where nothing was applied, so that the log can be removed; seldom, since that is a write, and keeps a database awake.</summary>
    private static readonly TimeSpan SaveInterval = TimeSpan.FromHours(1);

    private long _countedAt;
    private long _caredAt;
    private long _savedAt;
    private bool _hasApplied;

    /// <summary>Something was applied: its position may still be held back by a transaction that is open elsewhere, and is kept once more a little later.</summary>
    public void Applied() => _hasApplied = true;

    /// <param name="saved">The position as it is kept.</param>
    /// <param name="read">How far was read.</param>
    /// <param name="routes">What this node carries.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The position as it is kept now.</returns>
    public async Task<ChangeLogPosition> RunWhereDueAsync(ChangeLogPosition saved, ChangeLogPosition read, IReadOnlyList<Route> routes, CancellationToken cancellationToken)
    {
        await CountWhereDueAsync(read, cancellationToken).ConfigureAwait(false);

        if (saved != read && read.Reading is null && IsDue(ref _savedAt, _hasApplied ? CareInterval : SaveInterval))
        {
            _hasApplied = false;
            saved = await SaveAsync(saved, read, cancellationToken).ConfigureAwait(false);
        }

        if (part == 0 && IsDue(ref _caredAt, CareInterval))
        {
            await LookAtCaptureAsync(routes, cancellationToken).ConfigureAwait(false);

            // None where all maps were forgotten meanwhile: nothing is held then.
            var floor = await FloorAsync(cancellationToken).ConfigureAwait(false);
            await DatabaseCall.RunAsync(source, "Holding the change log", [DatabaseCall.Command(Hold, DatabaseCall.Parameter(floor))], cancellationToken).ConfigureAwait(false);
            await new ChangeLogPurge(source).RunAsync(options.Retention, cancellationToken).ConfigureAwait(false);
            await DatabaseCall.RunAsync(target, "Forgetting rows that are gone", [DatabaseCall.Command(Forget, DatabaseCall.Parameter(options.TombstoneRetention)), DatabaseCall.Command(ForgetConflicts, DatabaseCall.Parameter(options.ConflictRetention)), DatabaseCall.Command(PauseSql.Purge)], cancellationToken).ConfigureAwait(false);
        }

        return saved;
    }

    /// <summary>Takes the figures of what is not applied yet; also of a direction that is stopped, whose log grows.</summary>
    public async Task CountWhereDueAsync(ChangeLogPosition read, CancellationToken cancellationToken)
    {
        if (IsDue(ref _countedAt, CountInterval))
        {
            await DatabaseCall.RunAsync(source, "Reading the figures of the change log", [DatabaseCall.Command(Figures, DatabaseCall.Parameter(read.Seen))], ReadFiguresAsync, cancellationToken).ConfigureAwait(false);
            if (part == 0)
            {
                // Those of all parts.
                await DatabaseCall.RunAsync(target, "Counting what is put aside", [DatabaseCall.Command(Parked, Short((short)source.Kind))], ReadParkedAsync, cancellationToken).ConfigureAwait(false);
            }

            state.CountedAt = source.Clock.GetTimestamp();
        }
    }

    private async Task LookAtCaptureAsync(IReadOnlyList<Route> routes, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        foreach (var route in routes.DistinctBy(static route => route.From))
        {
            faults.AddRange(await CaptureCheck.FaultsAsync(source, route, cancellationToken).ConfigureAwait(false));
        }

        (state.CaptureFaults, state.LookedAtCaptureAt) = (faults, source.Clock.GetTimestamp());
    }

    /// <summary>The lowest of the positions of all parts, and of maps that are behind them, as they are kept.</summary>
    private Task<string?> FloorAsync(CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(
            target,
            "Reading positions",
            [DatabaseCall.Command(Positions, Short((short)source.Kind))],
            static async (reader, token) =>
            {
                var seen = new List<string>();
                while (await reader.ReadAsync(token).ConfigureAwait(false))
                {
                    seen.Add(ChangeLogPosition.Parse(reader.GetString(0)).Seen);
                }

                return seen.MinBy(static snapshot => ulong.Parse(snapshot[..snapshot.IndexOf(':', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture));
            },
            cancellationToken);

    private async Task<ChangeLogPosition> SaveAsync(ChangeLogPosition saved, ChangeLogPosition read, CancellationToken cancellationToken)
    {
        var isSaved = await DatabaseCall.RunAsync(
            target,
            "Keeping a position",
            [DatabaseCall.Command(Save, Short((short)source.Kind), Short((short)part), DatabaseCall.Parameter(read.ToString()), DatabaseCall.Parameter(saved.ToString()), DatabaseCall.Parameter(owner))],
            static (reader, token) => reader.ReadAsync(token),
            cancellationToken).ConfigureAwait(false);
        return isSaved ? read : throw new PositionLostException();
    }

    private bool IsDue(ref long last, TimeSpan interval)
    {
        var now = source.Clock.GetTimestamp();
        if (last != 0 && source.Clock.GetElapsedTime(last, now) < interval)
        {
            return false;
        }

        last = now;
        return true;
    }

    private async Task<bool> ReadFiguresAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        (state.Pending, state.OldestAge, state.OldestWriter, state.OldestKept) = (reader.GetInt64(0), reader.GetFieldValue<TimeSpan>(1), reader.GetFieldValue<TimeSpan>(2), reader.GetFieldValue<TimeSpan>(3));
        return true;
    }

    private async Task<bool> ReadParkedAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        (state.Parked, state.OpenConflicts) = (reader.GetInt64(0), reader.GetInt64(1));
        return true;
    }

    private static NpgsqlParameter Short(short value) => new NpgsqlParameter<short> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Smallint };
}
