using DualDb.ChangeLog;
using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Applying;
using DualDb.Consistency.Sync.Schema;
using DualDb.Errors;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Recording;

/// <summary>Ends what is kept for a map that was removed. Each step looks at what is there, so that one that was interrupted is made by calling it again.</summary>
internal sealed class MapForgetting(PostgresDatabase source, PostgresDatabase target)
{
    /// <summary>Nodes that have it take the position anew, and find that they must not. Nobody could decide its open conflicts any more: the rows stay as they are where conflicts are decided.</summary>
    private const string Forget = """
        with gone as (delete from dualdb.sync_maps where source = $1 and map = $2 returning 1),
            paused as (delete from dualdb.sync_pauses where map = $2),
            held as (delete from dualdb.sync_held where source = $1 and map = $2),
            parked as (delete from dualdb.sync_parked where source = $1 and map = $2),
            decided as (
                update dualdb.sync_conflicts set winner = 'target', result = target_new, resolved_at = clock_timestamp(), resolved_by = session_user, reason = 'The map was forgotten.'
                where map = $2 and winner = 'open'
            )
        select count(*) > 0 from gone
        """;

    private const string Revoke = "update dualdb.sync_positions set owner = null, expires_at = '-infinity' where source = $1";

    private const string End = "delete from dualdb.sync_positions p where p.source = $1 and $2 and not exists (select from dualdb.sync_maps m where m.source = $1)";

    /// <summary>Nobody is left to tell that they are over.</summary>
    private const string EndAlerts = "delete from dualdb.sync_alerts a where a.source = $1 and not exists (select from dualdb.sync_positions p where p.source = a.source)";

    private const string Unused = "select table_schema, table_name from dualdb.sync_tables where not table_schema || '.' || table_name = any ($1)";

    private const string Rows = "delete from dualdb.sync_rows where table_id in (select id from dualdb.sync_tables where table_schema = $1 and table_name = $2)";

    private const string Table = "delete from dualdb.sync_tables where table_schema = $1 and table_name = $2";

    private const string Backfill = "delete from dualdb.sync_backfills where map = $1";

    private const string Release = "update dualdb.change_log_state set held = null where held is not null";

    /// <returns>Whether it was recorded.</returns>
    public async Task<bool> RunAsync(string map, CancellationToken cancellationToken)
    {
        await SchemaInstallation.InstallAsync(source, SyncSchema.Module, cancellationToken).ConfigureAwait(false);
        await SchemaInstallation.InstallAsync(target, SyncSchema.Module, cancellationToken).ConfigureAwait(false);
        var (wasRecorded, isFollowed) = await InAsync(target, (transaction, token) => EndAsync(transaction, map, token), cancellationToken).ConfigureAwait(false);

        // Followed without any map: by a version that did not record them. What is needed is not known then.
        var left = await RecordedMaps.FindAsync(target, source.Kind, cancellationToken).ConfigureAwait(false);
        if (!isFollowed || left.Current.Count > 0)
        {
            await InAsync(source, (transaction, token) => ReleaseAsync(transaction, map, left, token), cancellationToken).ConfigureAwait(false);
        }

        return wasRecorded;
    }

    private async Task<(bool WasRecorded, bool IsFollowed)> EndAsync(DatabaseTransaction transaction, string map, CancellationToken cancellationToken)
    {
        await transaction.Connection.ExecuteAsync(SchemaSql.Lock, cancellationToken).ConfigureAwait(false);
        // The position first: whoever is taking it holds maps meanwhile.
        var wasRecorded = await AskAsync(transaction, cancellationToken, DatabaseCall.Command(Revoke, Site()), DatabaseCall.Command(Forget, Site(), DatabaseCall.Parameter(map))).ConfigureAwait(false);
        var wasLast = new NpgsqlParameter<bool> { TypedValue = wasRecorded, NpgsqlDbType = NpgsqlDbType.Boolean };
        var isFollowed = await AskAsync(
            transaction,
            cancellationToken,
            DatabaseCall.Command(End, Site(), wasLast),
            DatabaseCall.Command(EndAlerts, Site()),
            DatabaseCall.Command("select exists (select from dualdb.sync_positions where source = $1)", Site())).ConfigureAwait(false);
        return (wasRecorded, isFollowed);
    }

    private static async Task<bool> ReleaseAsync(DatabaseTransaction transaction, string map, RecordedMaps left, CancellationToken cancellationToken)
    {
        await transaction.Connection.ExecuteAsync(SchemaSql.Lock, cancellationToken).ConfigureAwait(false);
        await transaction.Connection.ExecuteAsync(ChangeLogSchema.Create, cancellationToken).ConfigureAwait(false);
        var needed = left.Current.Select(static recorded => recorded.Table).Distinct(StringComparer.Ordinal).ToArray();
        using var batch = new NpgsqlBatch(transaction.Connection) { BatchCommands = { DatabaseCall.Command(Backfill, DatabaseCall.Parameter(map)) } };
        foreach (var (schema, table) in await UnusedAsync(transaction, needed, cancellationToken).ConfigureAwait(false))
        {
            // Unless a cache is told by them, its triggers have nobody left to log for.
            batch.BatchCommands.Add(DatabaseCall.Command(ChangeLogTriggers.DropUnwatched(schema, table)));
            batch.BatchCommands.Add(DatabaseCall.Command(Rows, DatabaseCall.Parameter(schema), DatabaseCall.Parameter(table)));
            batch.BatchCommands.Add(DatabaseCall.Command(Table, DatabaseCall.Parameter(schema), DatabaseCall.Parameter(table)));
        }

        if (needed.Length == 0)
        {
            batch.BatchCommands.Add(DatabaseCall.Command(Release));
        }

        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static async Task<List<(string Schema, string Table)>> UnusedAsync(DatabaseTransaction transaction, string[] needed, CancellationToken cancellationToken)
    {
        using var batch = new NpgsqlBatch(transaction.Connection) { BatchCommands = { DatabaseCall.Command(Unused, DatabaseCall.Parameter(needed, NpgsqlDbType.Text)) } };
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        var tables = new List<(string, string)>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            tables.Add((reader.GetString(0), reader.GetString(1)));
        }

        return tables;
    }

    private static async Task<T> InAsync<T>(PostgresDatabase database, Func<DatabaseTransaction, CancellationToken, Task<T>> run, CancellationToken cancellationToken)
    {
        var transaction = await database.BeginOwnAsync(cancellationToken).ConfigureAwait(false);
        await using var ending = transaction.ConfigureAwait(false);
        try
        {
            var result = await run(transaction, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return result;
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not DualDbException)
        {
            throw ErrorTranslator.Translate(exception, database.Kind, entity: null, "Forgetting a map of the synchronisation");
        }
    }

    // The last statement answers.
    private static async Task<bool> AskAsync(DatabaseTransaction transaction, CancellationToken cancellationToken, params NpgsqlBatchCommand[] commands)
    {
        using var batch = new NpgsqlBatch(transaction.Connection);
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        return await batch.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }

    private NpgsqlParameter Site() => new NpgsqlParameter<short> { TypedValue = (short)source.Kind, NpgsqlDbType = NpgsqlDbType.Smallint };
}
