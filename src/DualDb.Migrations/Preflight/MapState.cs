using System.Globalization;
using DualDb.ChangeLog;
using DualDb.Migrations.Running;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Migrations.Preflight;

/// <summary>How far a map is, and when both of its sides were last compared.</summary>
/// <param name="Map">The map.</param>
/// <param name="Pending">How many changes were not carried, of those that were there when it was asked.</param>
/// <param name="Parked">How many were put aside.</param>
/// <param name="ComparedAt">When the last comparison of all rows began; null for none.</param>
/// <param name="Differences">How many rows differed then.</param>
/// <param name="IsWhole">Whether all could be compared then.</param>
internal sealed record MapState(SyncedMap Map, long Pending, long Parked, DateTimeOffset? ComparedAt, long Differences, bool IsWhole)
{
    /// <summary>Changes that are on their way arrive in less than that, where a node carries them.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private const string Now = "select pg_current_snapshot()::text";

    private const string Positions = "select position from dualdb.sync_positions where source = $1 union all select position from dualdb.sync_held where source = $1 and map = $2";

    private const string Unseen = """
        select count(*) from dualdb.change_log l
        where l.table_schema = $1 and l.table_name = $2 and pg_visible_in_snapshot(l.transaction, $3::text::pg_snapshot)
            and exists (select from unnest($4) p (seen) where not pg_visible_in_snapshot(l.transaction, p.seen::pg_snapshot))
        """;

    private const string Put = "select count(*) from dualdb.sync_parked where source = $1 and map = $2";

    private const string Compared = """
        select r.started_at, v.missing_in_target + v.missing_in_source + v.different, not v.is_partial and v.in_flight = 0 and cardinality(v.faults) = 0
        from dualdb.verification_runs r join dualdb.verification_results v on v.run = r.id
        where v.name = $1 and not v.is_reference order by r.started_at desc, r.id desc limit 1
        """;

    private const string IsKept = "select 1 where to_regclass('dualdb.verification_results') is not null";

    private const string IsInstalled = "select 1 where to_regclass('dualdb.migrations') is not null";

    private const string Last = "select max(finished_at) from dualdb.migrations where state = 'applied'";

    /// <summary>When the last migration was applied to either database; null for none.</summary>
    public static async Task<DateTimeOffset?> LastMigrationAsync(RunDatabases databases, CancellationToken cancellationToken)
    {
        DateTimeOffset? last = null;
        foreach (var database in databases.Both)
        {
            if ((await Asking.ListAsync(database, IsInstalled, [], static _ => true, cancellationToken).ConfigureAwait(false)).Count > 0
                && (await Asking.ListAsync(database, Last, [], static reader => TimeOf(reader, 0), cancellationToken).ConfigureAwait(false))[0] is { } here && !(here <= last))
            {
                last = here;
            }
        }

        return last;
    }

    /// <summary>Reads how a map stands.</summary>
    public static async Task<MapState> ReadAsync(RunDatabases databases, SyncedMap map, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (source, target) = (databases.Of(map.Source), databases.Of(map.Target));
        var pending = await PendingAsync(source, target, map, clock, cancellationToken).ConfigureAwait(false);
        var parked = (await Asking.ListAsync(target, Put, [Asking.Site(map.Source), Asking.Text(map.Name)], static reader => reader.GetInt64(0), cancellationToken).ConfigureAwait(false))[0];
        var isKept = (await Asking.ListAsync(databases.Supabase, IsKept, [], static _ => true, cancellationToken).ConfigureAwait(false)).Count > 0;
        var compared = isKept
            ? await Asking.ListAsync(databases.Supabase, Compared, [Asking.Text(map.Name)], static reader => (At: TimeOf(reader, 0), Differences: reader.GetInt64(1), IsWhole: reader.GetBoolean(2)), cancellationToken).ConfigureAwait(false)
            : [];
        return compared is [var one, ..] ? new MapState(map, pending, parked, one.At, one.Differences, one.IsWhole) : new MapState(map, pending, parked, ComparedAt: null, 0, IsWhole: false);
    }

    /// <summary>What is amiss, each as a clause with the next step.</summary>
    /// <param name="since">When the last migration was applied; null for none.</param>
    /// <param name="verify">The command that compares.</param>
    public IEnumerable<string> Reasons(DateTimeOffset? since, string verify)
    {
        if (Map.NeedsBackfill)
        {
            yield return "its rows of before are not copied yet: have a node do so (dualdb sync backfill)";
        }

        if (Pending + Parked > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{Pending} changes are not carried yet, and {Parked} were put aside: let a node carry them, and see to the others (dualdb sync status)");
        }

        if (ComparedAt is null || ComparedAt < since)
        {
            yield return $"both sides were not compared {(ComparedAt is null ? "yet" : "since the last migration")}: {verify}";
        }
        else if (Differences > 0 || !IsWhole)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"the last comparison found {Differences} rows that differ{(IsWhole ? "" : ", and could not look at all")}: repair them (dualdb sync repair), and compare again ({verify})");
        }
    }

    // Of what was there when it was asked: where the application goes on to write there is always something that came since.
    private static async Task<long> PendingAsync(PostgresDatabase source, PostgresDatabase target, SyncedMap map, TimeProvider clock, CancellationToken cancellationToken)
    {
        var begun = clock.GetTimestamp();
        var asked = (await Asking.ListAsync(source, Now, [], static reader => reader.GetString(0), cancellationToken).ConfigureAwait(false))[0];
        while (true)
        {
            var seen = await Asking.ListAsync(target, Positions, [Asking.Site(map.Source), Asking.Text(map.Name)], static reader => ChangeLogPosition.Parse(reader.GetString(0)).Seen, cancellationToken).ConfigureAwait(false);
            var pending = (await Asking.ListAsync(
                source, Unseen, [Asking.Text(map.From.Schema), Asking.Text(map.From.Name), Asking.Text(asked), Asking.Texts(seen)], static reader => reader.GetInt64(0), cancellationToken).ConfigureAwait(false))[0];
            if (pending == 0 || clock.GetElapsedTime(begun) >= Patience)
            {
                return pending;
            }

            await Task.Delay(Pause, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private static DateTimeOffset? TimeOf(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
}
