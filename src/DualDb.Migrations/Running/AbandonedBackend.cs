using DualDb.Migrations.History;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Migrations.Running;

/// <summary>
/// The server's process that ran a statement for a migrator that is gone. It does not notice that before it is done: building an index goes on, and whoever began it again would meet it.
/// </summary>
internal static class AbandonedBackend
{
    private const string IsBusy = """
        select exists (select from pg_stat_activity
            where pid = $1 and pid <> pg_backend_pid() and ($2::timestamptz is null or backend_start = $2) and state is distinct from 'idle')
        """;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Waits until it has ended, asking again and again without a transaction.</summary>
    /// <exception cref="MigrationLockedException">It was still busy after <see cref="MigrationOptions.LockWait"/>.</exception>
    public static async Task WaitAsync(RunContext run, NpgsqlConnection connection, Database database, StatementAttempt attempt, CancellationToken cancellationToken)
    {
        var begun = run.Clock.GetTimestamp();
        for (var pause = ShortestPause; await IsBusyAsync(connection, attempt, cancellationToken).ConfigureAwait(false); pause = pause < LongestPause ? pause * 2 : LongestPause)
        {
            if (run.Clock.GetElapsedTime(begun) > run.Options.LockWait)
            {
                throw new MigrationLockedException(
                    $"A statement that an earlier run began in {database} is still running there, in process {attempt.ProcessId}, after {run.Options.LockWait}. Wait for it, or end it with pg_terminate_backend({attempt.ProcessId}), and run again.") { Database = database };
            }

            await Task.Delay(pause, run.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<bool> IsBusyAsync(NpgsqlConnection connection, StatementAttempt attempt, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(IsBusy, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = attempt.ProcessId, NpgsqlDbType = NpgsqlDbType.Integer });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)attempt.BackendStart ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }
}
