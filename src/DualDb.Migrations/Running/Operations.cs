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

    private const string Accept = "update dualdb.migrations set checksum = $3, statements = $4, done = $4, actor = $2 where name = $1 and state = 'applied'";

    private const string Forget = "delete from dualdb.migrations where name = $1";

    /// <summary>Says whether a statement was done that nobody else can tell it of.</summary>
    /// <returns>Whether there was such a statement.</returns>
    public static Task<bool> ResolveAsync(PostgresDatabase database, Migration migration, HistoryRow row, bool wasDone, string actor, CancellationToken cancellationToken)
        => ExecuteAsync(
            database,
            Resolve,
            [Text(migration.Id.Name), Text(actor), new() { Value = wasDone, NpgsqlDbType = NpgsqlDbType.Boolean }, Text(migration.ChecksumOf(row.Done + 1)), Number(migration.StatementCount)],
            cancellationToken);

    /// <summary>Takes the present text of a migration for the one that was applied.</summary>
    public static Task<bool> AcceptAsync(PostgresDatabase database, Migration migration, string actor, CancellationToken cancellationToken)
        => ExecuteAsync(database, Accept, [Text(migration.Id.Name), Text(actor), Text(migration.Checksum), Number(migration.StatementCount)], cancellationToken);

    /// <summary>Takes a migration out of the history.</summary>
    public static Task<bool> ForgetAsync(PostgresDatabase database, MigrationId id, CancellationToken cancellationToken)
        => ExecuteAsync(database, Forget, [Text(id.Name)], cancellationToken);

    private static async Task<bool> ExecuteAsync(PostgresDatabase database, string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var returned = connection.ConfigureAwait(false);
            using var command = new NpgsqlCommand(sql, connection);
            command.Parameters.AddRange(parameters);
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) > 0;
        }
        catch (NpgsqlException exception)
        {
            throw ErrorTranslator.Translate(exception, database.Kind, entity: null, "Writing the history of migrations");
        }
    }

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter Number(int value) => new() { Value = value, NpgsqlDbType = NpgsqlDbType.Integer };
}
