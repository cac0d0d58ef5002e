using DualDb.ChangeLog;
using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Applying;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Running;

/// <summary>Waits until one database has what was committed in the other.</summary>
internal sealed class SyncWait(PostgresDatabase source, PostgresDatabase target, IReadOnlyList<Route> routes)
{
    /// <summary>Also those of maps that are behind the others, each for its table.</summary>
    private const string Positions = """
        select position, stopped, part, parts, null as own_table from dualdb.sync_positions where source = $1
        union all
        select h.position, null, h.part, p.parts, m.table_schema || '.' || m.table_name
        from dualdb.sync_held h join dualdb.sync_positions p on (p.source, p.part) = (h.source, h.part) join dualdb.sync_maps m on (m.source, m.map) = (h.source, h.map) where h.source = $1
        order by part
        """;

    /// <summary>
    /// Whether the log holds a change that the token sees and a position does not. Positions are not moved where nothing concerns the synchronisation, so that this is asked of the source as well. Of each part, what is its own: the position of a part that has nothing to apply stays where it is.
    /// </summary>
    private const string Missing = """
        select exists (
            select from unnest($2::text[], $4::integer[], $5::integer[], $6::text[]) reached (position, part, parts, own_table), dualdb.change_log change
            where change.transaction >= pg_snapshot_xmin(position::pg_snapshot)
                and not pg_visible_in_snapshot(change.transaction, position::pg_snapshot)
                and pg_visible_in_snapshot(change.transaction, $1::text::pg_snapshot)
                and change.table_schema || '.' || change.table_name = any ($3)
                and (reached.own_table is null or reached.own_table = change.table_schema || '.' || change.table_name)
                and (change.key is null or parts = 1 or abs(hashtextextended(change.key::text, 0) % parts) = part))
        """;

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    private readonly string[] _tables = [.. routes.Select(static route => route.From.Name).Distinct(StringComparer.Ordinal)];

    /// <exception cref="SyncTimeoutException">It does not within that time.</exception>
    public async Task RunAsync(SyncToken token, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var began = target.Clock.GetTimestamp();
        string? stopped = null;
        for (var pause = Shortest; !await MayHaveAllAsync(token, cancellationToken).ConfigureAwait(false); pause = pause * 2 < Longest ? pause * 2 : Longest)
        {
            if (target.Clock.GetElapsedTime(began) >= timeout)
            {
                throw new SyncTimeoutException(token, timeout, stopped);
            }

            await Task.Delay(pause, target.Clock, cancellationToken).ConfigureAwait(false);
        }

        // While a database is away, nothing arrives either: that is what the time is for.
        async Task<bool> MayHaveAllAsync(SyncToken waitedFor, CancellationToken cancelled)
        {
            try
            {
                return await HasAllAsync(waitedFor, cancelled).ConfigureAwait(false);
            }
            catch (DatabaseUnavailableException away) when (target.Clock.GetElapsedTime(began) < timeout)
            {
                stopped = away.Message;
                return false;
            }
        }

        async Task<bool> HasAllAsync(SyncToken waitedFor, CancellationToken cancelled)
        {
            if (_tables.Length == 0)
            {
                return true;
            }

            var (positions, why) = await DatabaseCall.AskAsync(target, "Reading positions", [DatabaseCall.Command(Positions, new NpgsqlParameter<short> { TypedValue = (short)source.Kind, NpgsqlDbType = NpgsqlDbType.Smallint })], ReadAsync, cancelled).ConfigureAwait(false);
            stopped = why;
            if (positions.Count == 0)
            {
                stopped = $"It is not installed, or its maps were forgotten: nothing of {source.Kind} is carried to {target.Kind}. Call db.Sync.InstallAsync().";
                return false;
            }

            // While pages of a reading are applied, its end is not reached: the beginning counts.
            return !await DatabaseCall.AskAsync(
                source,
                "Waiting for the synchronisation",
                [
                    DatabaseCall.Command(
                        Missing,
                        DatabaseCall.Parameter(waitedFor.Snapshot),
                        DatabaseCall.Parameter(positions.Select(static reached => reached.Position.Seen).ToArray(), NpgsqlDbType.Text),
                        DatabaseCall.Parameter(_tables, NpgsqlDbType.Text),
                        DatabaseCall.Parameter(positions.Select(static reached => (int)reached.Part).ToArray(), NpgsqlDbType.Integer),
                        DatabaseCall.Parameter(positions.Select(static reached => (int)reached.Parts).ToArray(), NpgsqlDbType.Integer),
                        DatabaseCall.Parameter(positions.Select(static reached => reached.Table).ToArray(), NpgsqlDbType.Text)),
                ],
                static async (reader, token) => await reader.ReadAsync(token).ConfigureAwait(false) && reader.GetBoolean(0),
                cancelled).ConfigureAwait(false);
        }
    }

    private static async Task<(List<(ChangeLogPosition Position, short Part, short Parts, string? Table)> Positions, string? Stopped)> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var positions = new List<(ChangeLogPosition, short, short, string?)>();
        string? stopped = null;
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            positions.Add((ChangeLogPosition.Parse(reader.GetString(0)), reader.GetInt16(2), reader.GetInt16(3), reader.IsDBNull(4) ? null : reader.GetString(4)));
            stopped ??= reader.IsDBNull(1) ? null : reader.GetString(1);
        }

        return (positions, stopped);
    }
}
