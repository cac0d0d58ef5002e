using DualDb.Errors;
using Npgsql;

namespace DualDb.Migrations.History;

/// <summary>Reads what the databases remember: one round trip for each, at the same time.</summary>
internal static class HistoryReader
{
    private const string Rows = """
        select name, checksum, phase, state, done, undone, cursor, attempt, attempt_pid, attempt_backend_start, run_id, error, actor, finished_at, duration from dualdb.migrations
        """;

    // A table of an earlier version lacks the steps, and is read before anything is changed.
    private const string LastRun = """
        select run_id, plan_hash, plan, state, policy, error,
            (select array_agg(s.step order by s.place) from jsonb_array_elements_text(case jsonb_typeof(to_jsonb(r) -> 'steps') when 'array' then to_jsonb(r) -> 'steps' end) with ordinality s (step, place))
        from dualdb.migration_runs r order by started_at desc limit 1
        """;

    /// <summary>Reads both histories and the journal.</summary>
    /// <exception cref="DualDbException">A database could not be read.</exception>
    public static async Task<RecordedHistory> ReadAsync(PostgresDatabase neon, PostgresDatabase supabase, Database home, CancellationToken cancellationToken)
    {
        var parts = await Task.WhenAll(ReadAsync(neon, home, cancellationToken), ReadAsync(supabase, home, cancellationToken)).ConfigureAwait(false);
        return new RecordedHistory(parts.SelectMany(static part => part.Rows).ToDictionary(static row => row.Id), parts[home == Database.Neon ? 0 : 1].Run);
    }

    private static async Task<(List<HistoryRow> Rows, RunRow? Run)> ReadAsync(PostgresDatabase database, Database home, CancellationToken cancellationToken)
    {
        try
        {
            try
            {
                return await ReadOnceAsync(database, home, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (database.MayRetry(exception, writes: false))
            {
                // The pool held a connection that had died meanwhile. Repeated below, outside the handler.
            }

            return await database.RetriesFor(writes: false)
                .ExecuteAsync(async token => await ReadOnceAsync(database, home, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException missing) when (missing.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            return ([], null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw ErrorTranslator.Translate(exception, database.Kind, entity: null, "Reading the history of migrations");
        }
    }

    private static async Task<(List<HistoryRow> Rows, RunRow? Run)> ReadOnceAsync(PostgresDatabase database, Database home, CancellationToken cancellationToken)
    {
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var returned = connection.ConfigureAwait(false);
        using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Rows));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(LastRun));
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        var rows = new List<HistoryRow>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add(RowOf(database.Kind, reader));
        }

        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var hasRun = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return (rows, hasRun && database.Kind == home ? RunOf(reader) : null);
    }

    private static HistoryRow RowOf(Database database, NpgsqlDataReader reader) => new(
        new MigrationId(database, reader.GetString(0)),
        reader.GetString(1),
        (MigrationPhase)reader.GetInt16(2),
        reader.GetString(3),
        reader.GetInt32(4),
        reader.GetInt32(5),
        Text(reader, 6),
        reader.IsDBNull(7) ? null : new StatementAttempt(reader.GetInt32(7), reader.GetInt32(8), reader.IsDBNull(9) ? null : reader.GetDateTime(9)),
        reader.GetGuid(10),
        Text(reader, 11))
    {
        Actor = reader.GetString(12),
        FinishedAt = reader.IsDBNull(13) ? null : reader.GetFieldValue<DateTimeOffset>(13),
        Duration = reader.GetFieldValue<TimeSpan>(14),
    };

    private static RunRow RunOf(NpgsqlDataReader reader)
        => new(reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<string[]>(2), reader.GetString(3), reader.GetString(4), Text(reader, 5)) { Steps = reader.IsDBNull(6) ? null : reader.GetFieldValue<string[]>(6) };

    private static string? Text(NpgsqlDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);
}
