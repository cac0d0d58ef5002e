using DualDb.Consistency.Sagas.Journal;
using DualDb.Consistency.Sagas.Running;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sagas.Operating;

/// <summary>Reads for operators.</summary>
internal static class SagaReports
{
    public static async Task<IReadOnlyList<SagaSummary>> ListAsync(SagaEngine engine, SagaFilter filter, int limit, SagaSummary? after, CancellationToken cancellationToken)
        => await DatabaseCall.RunAsync(
            engine.Home,
            "Listing sagas",
            async (connection, token) =>
            {
                using var command = new NpgsqlCommand(OperationSql.List, connection);
                command.Parameters.Text(filter.Saga);
                command.Parameters.Add(Maybe(filter.States?.Select(static state => state.ToText()).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text));
                command.Parameters.Text(filter.IdPrefix);
                command.Parameters.Add(Maybe(filter.CreatedSince?.ToUniversalTime(), NpgsqlDbType.TimestampTz));
                command.Parameters.Add(Maybe(filter.CreatedBefore?.ToUniversalTime(), NpgsqlDbType.TimestampTz));
                command.Parameters.Flag(filter.IsStuck);
                command.Parameters.Add(Maybe(after?.CreatedAt.ToUniversalTime(), NpgsqlDbType.TimestampTz));
                command.Parameters.Text(after?.Saga);
                command.Parameters.Text(after?.Id);
                command.Parameters.Number(limit);
                return await command.ListAsync(ReadSummary, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);

    public static async Task<IReadOnlyList<SagaCount>> CountsAsync(SagaEngine engine, CancellationToken cancellationToken)
        => await DatabaseCall.RunAsync(
            engine.Home,
            "Counting sagas",
            async (connection, token) =>
            {
                using var command = new NpgsqlCommand(OperationSql.Counts, connection);
                return await command.ListAsync(static reader => new SagaCount(reader.GetString(0), SagaStates.Parse(reader.GetString(1)), reader.GetInt64(2), reader.GetFieldValue<DateTimeOffset>(3)), token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);

    public static async Task<SagaDetails?> FindAsync(SagaEngine engine, string saga, string id, CancellationToken cancellationToken)
    {
        if (await HeadAsync(engine, saga, id, cancellationToken).ConfigureAwait(false) is not { } head)
        {
            return null;
        }

        var timeline = await OneAsync(engine.Home, OperationSql.Timeline, saga, id, ReadAttempt, cancellationToken).ConfigureAwait(false);
        foreach (var database in engine.Databases)
        {
            Merge(timeline, await OneAsync(database, OperationSql.Results, saga, id, ReadResult, cancellationToken).ConfigureAwait(false));
        }

        return head with { Timeline = [.. timeline.OrderBy(static entry => entry.StartedAt)] };
    }

    /// <summary>An instance without its attempts.</summary>
    public static async Task<SagaDetails?> HeadAsync(SagaEngine engine, string saga, string id, CancellationToken cancellationToken)
    {
        var found = await OneAsync(engine.Home, OperationSql.Find, saga, id, static reader => (Summary: ReadSummary(reader), Input: reader.GetString(12), Result: reader.TextOrNull(13)), cancellationToken).ConfigureAwait(false);
        if (found.Count == 0)
        {
            return null;
        }

        var audit = await OneAsync(
            engine.Home,
            OperationSql.Audit,
            saga,
            id,
            static reader => new SagaAudit(reader.GetFieldValue<DateTimeOffset>(0), reader.GetString(1), reader.GetString(2), reader.TextOrNull(3), reader.GetString(4)),
            cancellationToken).ConfigureAwait(false);
        return new SagaDetails(found[0].Summary, found[0].Input, found[0].Result, [], audit);
    }

    /// <summary>Results belong to the attempts that left them; where the journal was not told of one, the result stands for it.</summary>
    private static void Merge(List<SagaAttempt> timeline, List<SagaAttempt> results)
    {
        foreach (var result in results)
        {
            var index = timeline.FindLastIndex(entry => entry.IsCompensation == result.IsCompensation && string.Equals(entry.Step, result.Step, StringComparison.Ordinal) && string.Equals(entry.State, result.State, StringComparison.Ordinal));
            if (index < 0)
            {
                timeline.Add(result);
            }
            else
            {
                timeline[index] = timeline[index] with { Result = result.Result };
            }
        }
    }

    internal static ValueTask<List<T>> OneAsync<T>(PostgresDatabase database, string sql, string saga, string id, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(
            database,
            "Reading a saga",
            async (connection, token) =>
            {
                using var command = new NpgsqlCommand(sql, connection);
                command.Parameters.Text(saga);
                command.Parameters.Text(id);
                return await command.ListAsync(read, token).ConfigureAwait(false);
            },
            cancellationToken);

    internal static SagaSummary ReadSummary(NpgsqlDataReader reader) => new()
    {
        Saga = reader.GetString(0),
        Id = reader.GetString(1),
        State = SagaStates.Parse(reader.GetString(2)),
        FailedStep = reader.TextOrNull(3),
        Error = reader.TextOrNull(4),
        Node = reader.TextOrNull(5) is { } owner ? owner[..Math.Max(0, owner.LastIndexOf('/'))] : null,
        Takeovers = reader.GetInt32(6),
        CreatedAt = reader.GetFieldValue<DateTimeOffset>(7),
        UpdatedAt = reader.GetFieldValue<DateTimeOffset>(8),
        FinishedAt = TimeOrNull(reader, 9),
        Deadline = TimeOrNull(reader, 10),
        NextDue = TimeOrNull(reader, 11),
    };

    internal static SagaAttempt ReadAttempt(NpgsqlDataReader reader) => new()
    {
        Step = reader.GetString(0),
        IsCompensation = IsCompensation(reader.GetString(1)),
        Attempt = reader.GetInt32(2),
        State = reader.GetString(3),
        StartedAt = reader.GetFieldValue<DateTimeOffset>(4),
        EndedAt = TimeOrNull(reader, 5),
        Error = reader.TextOrNull(6),
        Node = reader.TextOrNull(7),
    };

    private static SagaAttempt ReadResult(NpgsqlDataReader reader) => new()
    {
        Step = reader.GetString(0),
        IsCompensation = IsCompensation(reader.GetString(1)),
        Result = reader.TextOrNull(2),
        State = reader.GetBoolean(3) ? "skipped" : TimelineEntry.Succeeded,
        StartedAt = reader.GetFieldValue<DateTimeOffset>(4),
        EndedAt = reader.GetFieldValue<DateTimeOffset>(4),
    };

    internal static bool IsCompensation(string kind) => string.Equals(kind, "compensation", StringComparison.Ordinal);

    private static DateTimeOffset? TimeOrNull(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);

    internal static NpgsqlParameter Maybe<T>(T? value, NpgsqlDbType type) => new() { Value = value is null ? DBNull.Value : value, NpgsqlDbType = type };
}
