using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Migrations.Capture.Pausing;

/// <summary>
/// The statements of a pause, which the synchronisation keeps the tables of. Whoever carries changes reads it with his lease, in the database that he writes to; both have each pause.
/// </summary>
internal static class PauseSql
{
    private const string Insert = """
        insert into dualdb.sync_pauses (site, table_schema, table_name, run_id, reason, actor, expires_at)
        select $1, t.table_schema, t.table_name, $4, $5, $6, clock_timestamp() + $7 from unnest($2::text[], $3::text[]) t (table_schema, table_name)
        """;

    /// <summary>
    /// The fence: a page that is being applied holds this row, and is waited for; the next one is accepted of nobody who has not taken the position anew, and read the pause with it.
    /// </summary>
    private const string Revoke = "update dualdb.sync_positions set owner = null, expires_at = '-infinity'";

    private const string Renew = "update dualdb.sync_pauses set expires_at = clock_timestamp() + $2 where run_id = $1 and ended_at is null and expires_at > clock_timestamp()";

    private const string End = "update dualdb.sync_pauses set ended_at = clock_timestamp(), ended_by = actor where run_id = $1 and ended_at is null";

    /// <summary>Begins it: one round trip, and one transaction.</summary>
    public static async Task BeginAsync(NpgsqlConnection connection, TablePause pause, TimeSpan lockTimeout, CancellationToken cancellationToken)
    {
        using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(string.Create(CultureInfo.InvariantCulture, $"select set_config('lock_timeout', '{Math.Max(1, (long)lockTimeout.TotalMilliseconds)}', true)")));
        var insert = new NpgsqlBatchCommand(Insert);
        insert.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)pause.Database, NpgsqlDbType = NpgsqlDbType.Smallint });
        insert.Parameters.Add(Texts(pause.Tables.Select(static table => table.Schema)));
        insert.Parameters.Add(Texts(pause.Tables.Select(static table => table.Name)));
        insert.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = pause.RunId, NpgsqlDbType = NpgsqlDbType.Uuid });
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = pause.Reason, NpgsqlDbType = NpgsqlDbType.Text });
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = pause.Actor, NpgsqlDbType = NpgsqlDbType.Text });
        insert.Parameters.Add(Interval(pause.Lease));
        batch.BatchCommands.Add(insert);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Revoke));
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts its end off; one that has come to its end stays there, since others went on.</summary>
    public static Task RenewAsync(NpgsqlConnection connection, Guid run, TimeSpan lease, CancellationToken cancellationToken) => SendAsync(connection, Renew, run, lease, cancellationToken);

    /// <summary>Ends it.</summary>
    public static Task EndAsync(NpgsqlConnection connection, Guid run, CancellationToken cancellationToken) => SendAsync(connection, End, run, lease: null, cancellationToken);

    private static async Task SendAsync(NpgsqlConnection connection, string sql, Guid run, TimeSpan? lease, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(sql, connection) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = run, NpgsqlDbType = NpgsqlDbType.Uuid } } };
        if (lease is { } time)
        {
            command.Parameters.Add(Interval(time));
        }

        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static NpgsqlParameter Interval(TimeSpan time) => new NpgsqlParameter<TimeSpan> { TypedValue = time, NpgsqlDbType = NpgsqlDbType.Interval };

    private static NpgsqlParameter Texts(IEnumerable<string> values) => new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}
