using DualDb.Errors;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Schema;

/// <summary>Sends statements of the library's own.</summary>
internal static class DatabaseCall
{
    /// <summary>Runs a batch on a connection of its own: one round trip, and one transaction.</summary>
    public static async Task<T> RunAsync<T>(
        PostgresDatabase database, string doing, IReadOnlyList<NpgsqlBatchCommand> commands, Func<NpgsqlDataReader, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await OnceAsync(database, commands, read, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw Translate(database, doing, exception);
        }
    }

    /// <summary>The same for statements that write nothing: repeated where a connection fails.</summary>
    public static async Task<T> AskAsync<T>(
        PostgresDatabase database, string doing, IReadOnlyList<NpgsqlBatchCommand> commands, Func<NpgsqlDataReader, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            try
            {
                return await OnceAsync(database, commands, read, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (database.MayRetry(exception, writes: false))
            {
                // Repeated below, outside the handler.
            }

            return await database.RetriesFor(writes: false).ExecuteAsync(async token => await OnceAsync(database, [.. commands.Select(Copy)], read, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw Translate(database, doing, exception);
        }
    }

    /// <summary>The same where no answer is wanted.</summary>
    public static Task RunAsync(PostgresDatabase database, string doing, IReadOnlyList<NpgsqlBatchCommand> commands, CancellationToken cancellationToken)
        => RunAsync(database, doing, commands, ReadNothingAsync, cancellationToken);

    public static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }

    public static NpgsqlParameter Parameter(Guid value) => new NpgsqlParameter<Guid> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Uuid };

    public static NpgsqlParameter Parameter(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    public static NpgsqlParameter Parameter(int value) => new NpgsqlParameter<int> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Integer };

    public static NpgsqlParameter Parameter(long value) => new NpgsqlParameter<long> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bigint };

    public static NpgsqlParameter Parameter(TimeSpan value) => new NpgsqlParameter<TimeSpan> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Interval };

    public static NpgsqlParameter Parameter<T>(T[] values, NpgsqlDbType type) => new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };

    // Errors of later statements of a batch show where their results are come to.
    private static async Task<bool> ReadNothingAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false))
        {
        }

        return true;
    }

    // A command remembers what it was prepared as on the connection that failed.
    private static NpgsqlBatchCommand Copy(NpgsqlBatchCommand command)
    {
        var copy = new NpgsqlBatchCommand(command.CommandText);
        foreach (NpgsqlParameter parameter in command.Parameters)
        {
            copy.Parameters.Add(parameter.Clone());
        }

        return copy;
    }

    private static async Task<T> OnceAsync<T>(
        PostgresDatabase database, IReadOnlyList<NpgsqlBatchCommand> commands, Func<NpgsqlDataReader, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var returned = connection.ConfigureAwait(false);
        using var batch = new NpgsqlBatch(connection);
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        return await read(reader, cancellationToken).ConfigureAwait(false);
    }

    private static Exception Translate(PostgresDatabase database, string doing, Exception exception)
    {
        if (Connections.TransientErrors.IsConnectionBroken(exception))
        {
            database.ForgetBrokenConnections();
        }
        else if (Connections.TransientErrors.IsStalePlan(exception))
        {
            database.ForgetPreparedPlans();
        }

        return SchemaFailure.Explain(exception, database.Kind) ?? ErrorTranslator.Translate(exception, database.Kind, entity: null, doing);
    }
}
