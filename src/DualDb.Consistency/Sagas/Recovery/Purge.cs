using DualDb.Consistency.Sagas.Journal;
using DualDb.Consistency.Sagas.Running;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sagas.Recovery;

/// <summary>Forgets instances that were finished long ago, batch by batch, hourly and only where the journal is looked at anyway.</summary>
internal sealed class Purge(SagaEngine engine)
{
    private const int BatchSize = 500;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private long? _last;

    public async Task RunWhereDueAsync(CancellationToken cancellationToken)
    {
        if (_last is { } last && engine.Time.GetElapsedTime(last) < Interval)
        {
            return;
        }

        _last = engine.Time.GetTimestamp();
        while (await RunAsync(cancellationToken).ConfigureAwait(false) == BatchSize)
        {
        }
    }

    /// <summary>Forgets a batch.</summary>
    /// <returns>How many instances it were.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var old = await OldAsync(cancellationToken).ConfigureAwait(false);
        if (old.Count == 0)
        {
            return 0;
        }

        // The instance itself goes last: while it is there, what is left of it is found again.
        string[] sagas = [.. old.Select(static one => one.Saga)];
        string[] ids = [.. old.Select(static one => one.Id)];
        foreach (var database in engine.Databases)
        {
            await DeleteAsync(database, ["saga_results", "saga_fences"], sagas, ids, cancellationToken).ConfigureAwait(false);
        }

        await DeleteAsync(engine.Home, ["saga_steps", "saga_waits", "sagas"], sagas, ids, cancellationToken).ConfigureAwait(false);
        return old.Count;
    }

    private ValueTask<List<(string Saga, string Id)>> OldAsync(CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(
            engine.Home,
            "Forgetting sagas",
            async (connection, token) =>
            {
                using var signals = new NpgsqlCommand("delete from dualdb.saga_signals where arrived_at < statement_timestamp() - $1 * interval '1 second'", connection);
                signals.Parameters.Seconds(engine.Options.Retention);
                await signals.ExecuteNonQueryAsync(token).ConfigureAwait(false);
                using var audits = new NpgsqlCommand(
                    "delete from dualdb.saga_audit where number in (select number from (select number, at from dualdb.saga_audit order by number limit 10000) oldest where at < statement_timestamp() - $1 * interval '1 second')", connection);
                audits.Parameters.Seconds(engine.Options.AuditRetention);
                await audits.ExecuteNonQueryAsync(token).ConfigureAwait(false);
                using var command = new NpgsqlCommand(
                    "select saga, id from dualdb.sagas where finished_at < statement_timestamp() - $1 * interval '1 second' order by finished_at limit $2", connection);
                command.Parameters.Seconds(engine.Options.Retention);
                command.Parameters.Number(BatchSize);
                return await command.ListAsync(static reader => (reader.GetString(0), reader.GetString(1)), token).ConfigureAwait(false);
            },
            cancellationToken);

    private static ValueTask<int> DeleteAsync(PostgresDatabase database, string[] tables, string[] sagas, string[] ids, CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(
            database,
            "Forgetting sagas",
            async (connection, token) =>
            {
                var batch = new NpgsqlBatch(connection);
                await using var disposed = batch.ConfigureAwait(false);
                foreach (var table in tables)
                {
                    var command = new NpgsqlBatchCommand($"delete from dualdb.{table} t using unnest($1, $2) as old (saga, id) where t.saga = old.saga and t.id = old.id");
                    command.Parameters.Array(sagas, NpgsqlDbType.Text);
                    command.Parameters.Array(ids, NpgsqlDbType.Text);
                    batch.BatchCommands.Add(command);
                }

                return await batch.ExecuteNonQueryAsync(token).ConfigureAwait(false);
            },
            cancellationToken);
}
