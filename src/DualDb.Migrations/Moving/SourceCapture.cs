using DualDb.ChangeLog;
using DualDb.Hosting;
using DualDb.Migrations.Model;
using DualDb.Migrations.Running;
using Npgsql;

namespace DualDb.Migrations.Moving;

/// <summary>Lets the database that a table comes from log its changes, so that those that are made while rows are copied are brought along.</summary>
/// <param name="session">The transactions of the move.</param>
/// <param name="table">The table.</param>
internal sealed class SourceCapture(MoveSession session, MovedTable table)
{
    private const string IsSynchronized = "select exists (select from dualdb.sync_tables where table_schema = $1 and table_name = $2)";

    private const string IsWatched = "select exists (select from dualdb.watched_tables where table_schema = $1 and table_name = $2)";

    private const string CountTriggers = "select count(*) from pg_trigger where tgrelid = to_regclass($1) and tgenabled <> 'D' and tgname in ('dualdb_change_log', 'dualdb_change_log_insert', 'dualdb_change_log_truncate')";

    private const int Triggers = 3;

    /// <summary>Begins. Whoever writes the table meanwhile is waited for: what is committed later is in the log.</summary>
    /// <returns>Whether the synchronisation reads or writes the table, so that it cannot be moved.</returns>
    public async Task<bool> BeginAsync(TableShape shape, CancellationToken cancellationToken)
    {
        await session.InAsync(
            table.Source,
            progress: null,
            async (connection, token) =>
            {
                await SessionSettings.ExecuteAsync(connection, $"select pg_advisory_xact_lock({SchemaCreation.AdvisoryLock.ToString(System.Globalization.CultureInfo.InvariantCulture)})", token).ConfigureAwait(false);
                await SessionSettings.ExecuteAsync(connection, ChangeLogSchema.Create, token).ConfigureAwait(false);
                await SessionSettings.ExecuteAsync(connection, ChangeLogTriggers.Create(table.Move.From.Schema, table.Move.From.Name, [.. shape.KeyNames]), token).ConfigureAwait(false);
            },
            "source captured",
            cancellationToken).ConfigureAwait(false);
        return await MoveSession.AskAsync(table.Source, (connection, token) => OtherCaptures.AreSynchronizedAsync(connection, table.Move.From, token), cancellationToken).ConfigureAwait(false)
            || await MoveSession.AskAsync(table.Target, (connection, token) => OtherCaptures.AreSynchronizedAsync(connection, table.Move.To, token), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether all changes are logged.</summary>
    public Task<bool> IsOnAsync(CancellationToken cancellationToken) => MoveSession.AskAsync(
        table.Source,
        async (connection, token) =>
        {
            using var command = new NpgsqlCommand(CountTriggers, connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = table.Move.From.ToString() } } };
            return await command.ExecuteScalarAsync(token).ConfigureAwait(false) is long and >= Triggers;
        },
        cancellationToken);

    /// <summary>Ends it, where nobody else needs it, and forgets what was logged.</summary>
    public Task EndAsync(CancellationToken cancellationToken) => session.InAsync(table.Source, progress: null, EndAsync, "source no longer captured", cancellationToken);

    /// <summary>Ends it in a transaction.</summary>
    public async Task EndAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (!await IsInstalledAsync(connection, cancellationToken).ConfigureAwait(false)
            || await AskAsync(connection, IsSynchronized, cancellationToken).ConfigureAwait(false)
            || await AskAsync(connection, IsWatched, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        using (var asking = new NpgsqlCommand("select to_regclass($1) is not null", connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = table.Move.From.ToString() } } })
        {
            if (await asking.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true)
            {
                await SessionSettings.ExecuteAsync(connection, $"do $dualdb$ begin {ChangeLogTriggers.Drop(table.Move.From.Schema, table.Move.From.Name)} end $dualdb$", cancellationToken).ConfigureAwait(false);
            }
        }

        await SessionSettings.ExecuteAsync(
            connection, $"delete from dualdb.change_log where table_schema = {SqlName.Literal(table.Move.From.Schema)} and table_name = {SqlName.Literal(table.Move.From.Name)}", cancellationToken).ConfigureAwait(false);
    }

    private static async Task<bool> IsInstalledAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand("select to_regclass('dualdb.watched_tables') is not null and to_regclass('dualdb.sync_tables') is not null", connection);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }

    private async Task<bool> AskAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(sql, connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = table.Move.From.Schema }, new NpgsqlParameter<string> { TypedValue = table.Move.From.Name } },
        };
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }
}
