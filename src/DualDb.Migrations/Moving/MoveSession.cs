using DualDb.Migrations.Files;
using DualDb.Migrations.History;
using DualDb.Migrations.Locks;
using DualDb.Migrations.Running;
using Npgsql;

namespace DualDb.Migrations.Moving;

/// <summary>Transactions of a move, each under the lease of its database.</summary>
/// <param name="run">The run.</param>
/// <param name="migration">The migration.</param>
internal sealed class MoveSession(RunContext run, SqlMigration migration)
{
    private const string Fence = "select true from dualdb.migration_lock where owner = $1 and token = $2 for share";

    // Under these a value has one text, whatever database or role says otherwise, and rows that a policy hides are an error and not missing.
    private static readonly string[] Settings =
    [
        "set local datestyle = 'ISO, YMD'", "set local timezone = 'UTC'", "set local intervalstyle = 'iso_8601'", "set local bytea_output = 'hex'", "set local extra_float_digits = 1", "set local row_security = off",
    ];

    /// <summary>The run.</summary>
    public RunContext Run => run;

    /// <summary>Begins a transaction that reads a whole table, for as long as that takes; what was told to the connection before is forgotten.</summary>
    public static Task SetReadingAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
        => SetAsync(
            connection,
            [
                "reset all", "reset role", "set local statement_timeout = 0", "set local idle_in_transaction_session_timeout = 0", .. Settings,
                "select set_config('transaction_timeout', '0', true) where current_setting('transaction_timeout', true) is not null",
            ],
            cancellationToken);

    /// <summary>Says how values are written, for the rest of a transaction.</summary>
    private static Task SetAsync(NpgsqlConnection connection, CancellationToken cancellationToken) => SetAsync(connection, Settings, cancellationToken);

    private static async Task SetAsync(NpgsqlConnection connection, IEnumerable<string> settings, CancellationToken cancellationToken)
    {
        using var batch = new NpgsqlBatch(connection);
        foreach (var setting in settings)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(setting));
        }

        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs work in a transaction, again where others hold the locks that it needs. It is committed where the migrator still has the lease, which is looked at last.</summary>
    /// <param name="database">The database.</param>
    /// <param name="progress">The progress that the history keeps with it; null for none.</param>
    /// <param name="work">The work.</param>
    /// <param name="point">What is reached, for tests.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public Task InAsync(PostgresDatabase database, StepProgress? progress, Func<NpgsqlConnection, CancellationToken, Task> work, string point, CancellationToken cancellationToken)
        => InAsync(
            database,
            async (connection, token) =>
            {
                await work(connection, token).ConfigureAwait(false);
                return progress;
            },
            point,
            cancellationToken);

    /// <summary>Runs work in a transaction that says how far the migration is then.</summary>
    /// <param name="database">The database.</param>
    /// <param name="work">The work; it returns the progress that the history keeps with it, or null for none.</param>
    /// <param name="point">What is reached, for tests.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public Task InAsync(PostgresDatabase database, Func<NpgsqlConnection, CancellationToken, Task<StepProgress?>> work, string point, CancellationToken cancellationToken)
        => LockRetry.RunAsync(run, token => OnceAsync(database, work, point, token), cancellationToken);

    /// <summary>Runs statements in a transaction.</summary>
    public Task RunAsync(PostgresDatabase database, IEnumerable<string> statements, string point, CancellationToken cancellationToken)
        => InAsync(
            database,
            progress: null,
            async (connection, token) =>
            {
                foreach (var statement in statements)
                {
                    await SessionSettings.ExecuteAsync(connection, statement, token).ConfigureAwait(false);
                }
            },
            point,
            cancellationToken);

    /// <summary>Asks outside of transactions.</summary>
    public static async Task<T> AskAsync<T>(PostgresDatabase database, Func<NpgsqlConnection, CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var returned = connection.ConfigureAwait(false);
        return await ask(connection, cancellationToken).ConfigureAwait(false);
    }

    private async Task OnceAsync(PostgresDatabase database, Func<NpgsqlConnection, CancellationToken, Task<StepProgress?>> work, string point, CancellationToken cancellationToken)
    {
        var begun = run.Clock.GetTimestamp();
        var transaction = await database.BeginOwnAsync(cancellationToken).ConfigureAwait(false);
        await using var ending = transaction.ConfigureAwait(false);
        await SessionSettings.BeginTransactionAsync(run.Options, transaction.Connection, migration.Timeout, cancellationToken).ConfigureAwait(false);
        await SetAsync(transaction.Connection, cancellationToken).ConfigureAwait(false);
        await SessionSettings.ExecuteAsync(transaction.Connection, WriteStop.Pass, cancellationToken).ConfigureAwait(false);
        var progress = await work(transaction.Connection, cancellationToken).ConfigureAwait(false);
        run.Reach(point + ", not committed");
        await (progress is null
            ? FenceAsync(transaction.Connection, database.Kind, cancellationToken)
            : HistoryWriter.WriteAsync(run, transaction.Connection, progress with { Took = run.Clock.GetElapsedTime(begun) }, cancellationToken)).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        run.Reach(point);
    }

    private async Task FenceAsync(NpgsqlConnection connection, Database database, CancellationToken cancellationToken)
    {
        var lease = run.Lock.Of(database);
        using var command = new NpgsqlCommand(Fence, connection) { Parameters = { LeaseSql.Value(lease.Owner), LeaseSql.Value(lease.Token) } };
        if (await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not true)
        {
            throw DualLock.Lost();
        }
    }
}
