using DualDb.Migrations.Locks;
using DualDb.Migrations.Running;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Migrations.History;

/// <summary>Writes rows of the history, each under the lease: what a migrator writes that has lost it falls away, with the transaction that it is part of.</summary>
internal static class HistoryWriter
{
    private const string Write = """
        with lease as (
            select from dualdb.migration_lock where owner = $1 and token = $2 for share
        ), process as (
            select pg_backend_pid() as pid, (select backend_start from pg_stat_activity where pid = pg_backend_pid()) as started where $11::integer is not null
        )
        insert into dualdb.migrations as m
            (name, checksum, phase, statements, state, done, undone, cursor, attempt, attempt_pid, attempt_backend_start, actor, tool_version, run_id, duration, error, finished_at)
        select $3, $4, $5, $6, $7, $8, $9, $10, $11, (select pid from process), (select started from process), $12, $13, $14, $15, $16,
            case when $7 in ('applied', 'reverted') then clock_timestamp() end
        from lease
        on conflict (name) do update set
            checksum = excluded.checksum, phase = excluded.phase, statements = excluded.statements, state = excluded.state, done = excluded.done, undone = excluded.undone,
            cursor = excluded.cursor, attempt = excluded.attempt, attempt_pid = excluded.attempt_pid, attempt_backend_start = excluded.attempt_backend_start,
            actor = excluded.actor, tool_version = excluded.tool_version, run_id = excluded.run_id, error = excluded.error, finished_at = excluded.finished_at,
            started_at = case when m.state = 'reverted' or m.state = 'applied' and excluded.state in ('applying', 'applied') then excluded.started_at else m.started_at end,
            duration = case when m.state = 'reverted' or m.state = 'applied' and excluded.state in ('applying', 'applied') then excluded.duration else m.duration + excluded.duration end
        """;

    /// <summary>Writes how far a migration has come, on a connection of its database.</summary>
    /// <exception cref="MigrationLeaseLostException">Another migrator has taken over.</exception>
    public static async Task WriteAsync(RunContext run, NpgsqlConnection connection, StepProgress progress, CancellationToken cancellationToken)
    {
        var lease = run.Lock.Of(progress.Migration.Id.Database);
        using var batch = new NpgsqlBatch(connection);
        var command = new NpgsqlBatchCommand(Write);
        batch.BatchCommands.Add(command);
        if (SupabaseHistory.Following(run, progress) is { } following)
        {
            batch.BatchCommands.Add(following);
        }

        var values = command.Parameters;
        values.Add(LeaseSql.Value(lease.Owner));
        values.Add(LeaseSql.Value(lease.Token));
        values.Add(Value(progress.Migration.Id.Name, NpgsqlDbType.Text));
        values.Add(Value(progress.Migration.ChecksumOf(progress.Done), NpgsqlDbType.Text));
        values.Add(Value((short)progress.Migration.Phase, NpgsqlDbType.Smallint));
        values.Add(Value(progress.Migration.StatementCount, NpgsqlDbType.Integer));
        values.Add(Value(progress.State, NpgsqlDbType.Text));
        values.Add(Value(progress.Done, NpgsqlDbType.Integer));
        values.Add(Value(progress.Undone, NpgsqlDbType.Integer));
        values.Add(Value(progress.Cursor, NpgsqlDbType.Text));
        values.Add(Value(progress.Attempt?.Index, NpgsqlDbType.Integer));
        values.Add(Value(run.Options.Actor, NpgsqlDbType.Text));
        values.Add(Value(ToolVersion.Text, NpgsqlDbType.Text));
        values.Add(Value(run.RunId, NpgsqlDbType.Uuid));
        values.Add(Value(progress.Took, NpgsqlDbType.Interval));
        values.Add(Value(progress.Error, NpgsqlDbType.Text));
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        if (command.RecordsAffected == 0)
        {
            throw DualLock.Lost();
        }

        run.Outcome.Changed();
    }

    private static NpgsqlParameter Value(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
