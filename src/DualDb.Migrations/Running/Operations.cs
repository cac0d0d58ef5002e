using DualDb.Errors;
using DualDb.Migrations.Files;
using DualDb.Migrations.History;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Migrations.Running;

/// <summary>What a person says of the history.</summary>
internal static class Operations
{
    private const string Resolve = """
        update dualdb.migrations set attempt = null, attempt_pid = null, attempt_backend_start = null, actor = $2,
            done = case when $3 then done + 1 else done end,
            checksum = case when $3 then $4 else checksum end,
            state = case when $3 and done + 1 >= $5 then 'applied' else state end,
            finished_at = case when $3 and done + 1 >= $5 then clock_timestamp() end
        where name = $1 and state = 'applying' and attempt = done
        """;

    // What is undone to its end stands as one that was never applied.
    private const string ResolveBack = """
        update dualdb.migrations set attempt = null, attempt_pid = null, attempt_backend_start = null, actor = $2,
            undone = case when not $3 then undone when undone + 1 >= $5 then 0 else undone + 1 end,
            done = case when $3 and undone + 1 >= $5 then 0 else done end,
            checksum = case when $3 and undone + 1 >= $5 then $4 else checksum end,
            cursor = case when $3 and undone + 1 >= $5 then null else cursor end,
            state = case when $3 and undone + 1 >= $5 then 'reverted' else state end,
            finished_at = case when $3 and undone + 1 >= $5 then clock_timestamp() end
        where name = $1 and state = 'reverting' and attempt = undone
        """;

    private const string Accept = "update dualdb.migrations set checksum = $3, statements = $4, done = $4, actor = $2 where name = $1 and state = 'applied'";

    private const string AcceptBeginning = "update dualdb.migrations set checksum = $3, actor = $2 where name = $1 and state = 'applying' and done = $4 and attempt is null";

    private const string Forget = "delete from dualdb.migrations where name = $1";

    /// <summary>Says whether a statement was done that nobody else can tell it of, on the way up or down.</summary>
    /// <returns>Whether there was such a statement.</returns>
    public static Task<bool> ResolveAsync(PostgresDatabase database, Migration migration, HistoryRow row, bool wasDone, MigrationOptions options, CancellationToken cancellationToken)
    {
        // A statement that was taken out of the file since cannot be said to be done.
        if (!row.IsReverting && wasDone && row.Done >= migration.StatementCount)
        {
            return Task.FromResult(false);
        }

        var (sql, checksum, count, following) = row.IsReverting
            ? (ResolveBack, migration.ChecksumOf(0), (migration as SqlMigration)?.Down is { Count: > 0 } down ? down[^1].Next : 0, SupabaseHistory.Forgetting(migration.Id))
            : (Resolve, migration.ChecksumOf(row.Done + 1), migration.StatementCount, SupabaseHistory.Accepting(migration));
        return ExecuteAsync(
            database,
            migration.Id,
            Command(sql, Text(migration.Id.Name), Text(options.Actor), new() { Value = wasDone, NpgsqlDbType = NpgsqlDbType.Boolean }, Text(checksum), Number(count)),
            following,
            options,
            cancellationToken);
    }

    /// <summary>Takes the present text of a migration for the one that was applied.</summary>
    public static Task<bool> AcceptAsync(PostgresDatabase database, Migration migration, MigrationOptions options, CancellationToken cancellationToken)
        => ExecuteAsync(
            database, migration.Id, Command(Accept, Text(migration.Id.Name), Text(options.Actor), Text(migration.Checksum), Number(migration.StatementCount)), SupabaseHistory.Accepting(migration), options, cancellationToken);

    /// <summary>Takes the present beginning of a migration that broke off for what was done of it.</summary>
    /// <returns>Whether it still stands there; false also where the text has fewer statements than were done.</returns>
    public static async Task<bool> AcceptBeginningAsync(PostgresDatabase database, Migration migration, HistoryRow row, MigrationOptions options, CancellationToken cancellationToken)
        => migration.ChecksumOf(row.Done) is { } checksum
            && await ExecuteAsync(database, migration.Id, Command(AcceptBeginning, Text(migration.Id.Name), Text(options.Actor), Text(checksum), Number(row.Done)), following: null, options, cancellationToken).ConfigureAwait(false);

    /// <summary>Takes a migration out of the history.</summary>
    public static Task<bool> ForgetAsync(PostgresDatabase database, MigrationId id, MigrationOptions options, CancellationToken cancellationToken)
        => ExecuteAsync(database, id, Command(Forget, Text(id.Name)), SupabaseHistory.Forgetting(id), options, cancellationToken);

    // Both histories in one transaction.
    private static async Task<bool> ExecuteAsync(PostgresDatabase database, MigrationId id, NpgsqlBatchCommand change, NpgsqlBatchCommand? following, MigrationOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var follows = following is not null && options.WriteSupabaseHistory && id is { Database: Database.Supabase, IsRepeatable: false } && await SupabaseHistory.IsThereAsync(database, cancellationToken).ConfigureAwait(false);
            var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var returned = connection.ConfigureAwait(false);
            using var batch = new NpgsqlBatch(connection) { BatchCommands = { change } };
            if (follows)
            {
                batch.BatchCommands.Add(following!);
            }

            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return change.RecordsAffected > 0;
        }
        catch (NpgsqlException exception)
        {
            throw ErrorTranslator.Translate(exception, database.Kind, entity: null, "Writing the history of migrations");
        }
    }

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter Number(int value) => new() { Value = value, NpgsqlDbType = NpgsqlDbType.Integer };
}
