using DualDb.Errors;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Migrations.History;

/// <summary>Reads the journal of runs for people.</summary>
internal static class RunList
{
    private const string Sql = """
        select run_id, state, plan, policy, plan_hash, actor, tool_version, starts, started_at, finished_at, error from dualdb.migration_runs
        where $1 is null or (started_at, run_id) < ($1, $2) order by started_at desc, run_id desc limit $3
        """;

    private static readonly string[] States = [RunState.Running, RunState.Failed, RunState.Compensating, RunState.Compensated, RunState.Succeeded];

    public static async Task<IReadOnlyList<MigrationRunRecord>> ReadAsync(PostgresDatabase home, (DateTimeOffset StartedAt, Guid RunId)? before, int limit, CancellationToken cancellationToken)
    {
        try
        {
            try
            {
                return await ReadOnceAsync(home, before, limit, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (home.MayRetry(exception, writes: false))
            {
                // Repeated below, outside the handler.
            }

            return await home.RetriesFor(writes: false).ExecuteAsync(async token => await ReadOnceAsync(home, before, limit, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException missing) when (missing.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            return [];
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw ErrorTranslator.Translate(exception, home.Kind, entity: null, "Reading the runs of migrations");
        }
    }

    private static async Task<List<MigrationRunRecord>> ReadOnceAsync(PostgresDatabase home, (DateTimeOffset StartedAt, Guid RunId)? before, int limit, CancellationToken cancellationToken)
    {
        var connection = await home.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var returned = connection.ConfigureAwait(false);
        using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)before?.StartedAt.ToUniversalTime() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = before?.RunId ?? Guid.Empty, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit, NpgsqlDbType = NpgsqlDbType.Integer });
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        var runs = new List<MigrationRunRecord>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            runs.Add(Read(reader));
        }

        return runs;
    }

    private static MigrationRunRecord Read(NpgsqlDataReader row) => new(row.GetGuid(0), (MigrationRunState)Math.Max(0, Array.IndexOf(States, row.GetString(1))), row.GetFieldValue<string[]>(2))
    {
        IsDown = string.Equals(row.GetString(3), RunState.Down, StringComparison.Ordinal),
        PlanHash = row.GetString(4),
        Actor = row.GetString(5),
        ToolVersion = row.GetString(6),
        Starts = row.GetInt32(7),
        StartedAt = row.GetFieldValue<DateTimeOffset>(8),
        FinishedAt = row.IsDBNull(9) ? null : row.GetFieldValue<DateTimeOffset>(9),
        Error = row.IsDBNull(10) ? null : row.GetString(10),
    };
}
