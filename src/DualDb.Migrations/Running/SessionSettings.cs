using System.Globalization;
using DualDb.Migrations.Files.Sql;
using Npgsql;

namespace DualDb.Migrations.Running;

/// <summary>What the server is told about waiting.</summary>
internal static class SessionSettings
{
    /// <summary>
    /// Begins a transaction of a migration: what one before has set on the connection is forgotten, so that the outcome does not depend on what ran before, and the limits are set. The server ends the transaction of
    /// a process that stands still, since it holds locks.
    /// </summary>
    public static async Task BeginTransactionAsync(MigrationOptions options, NpgsqlConnection connection, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        using var batch = new NpgsqlBatch(connection);
        foreach (var sql in (string[])[
            "reset all",
            "reset role",
            $"set local lock_timeout = {Milliseconds(options.LockTimeout)}",
            $"set local statement_timeout = {Milliseconds(timeout ?? options.StatementTimeout)}",
            $"set local idle_in_transaction_session_timeout = {Milliseconds(options.Lease)}",

            // Each statement has its limit, and a server of an earlier version knows none for the whole.
            "select set_config('transaction_timeout', '0', true) where current_setting('transaction_timeout', true) is not null"])
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql));
        }

        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Limits how long a transaction on a connection of the application waits for locks, and may stand still.</summary>
    public static Task LimitTransactionAsync(RunContext run, NpgsqlConnection connection, CancellationToken cancellationToken)
        => ExecuteAsync(
            connection,
            $"select set_config('lock_timeout', '{Milliseconds(run.Options.LockTimeout)}', true), set_config('idle_in_transaction_session_timeout', '{Milliseconds(run.Options.Lease)}', true)",
            cancellationToken);

    /// <summary>Prepares a connection for a statement outside of transactions. Only a direct endpoint keeps what it is told.</summary>
    /// <remarks>What is done concurrently waits for locks without a limit: nobody queues behind it, and to give up would leave an invalid index.</remarks>
    public static async Task PrepareAloneAsync(RunContext run, NpgsqlConnection connection, TimeSpan? timeout, StatementKind kind, CancellationToken cancellationToken)
    {
        foreach (var sql in (string[])[
            "reset all",
            "reset role",
            $"set lock_timeout = {(kind is StatementKind.Repeatable or StatementKind.Unrepeatable ? Milliseconds(run.Options.LockTimeout) : "0")}",
            $"set statement_timeout = {(timeout is { } limit ? Milliseconds(limit) : "0")}"])
        {
            await ExecuteAsync(connection, sql, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Sends one statement as it is: a batch of one is not looked through for semicolons and parameters.</summary>
    public static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(sql));
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static string Milliseconds(TimeSpan time) => Math.Max(1, (long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
