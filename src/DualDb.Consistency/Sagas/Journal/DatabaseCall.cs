using DualDb.Errors;
using Npgsql;

namespace DualDb.Consistency.Sagas.Journal;

/// <summary>One statement or batch of the SDK's own on a connection of its own.</summary>
internal static class DatabaseCall
{
    /// <summary>
    /// Runs it, and again where the connection fails, also where it may have been applied: everything here comes to the same when it is repeated.
    /// </summary>
    /// <param name="database">The database.</param>
    /// <param name="operation">What is being done, for messages.</param>
    /// <param name="run">Does it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="DualDbException">It failed.</exception>
    public static async ValueTask<T> RunAsync<T>(
        PostgresDatabase database, string operation, Func<NpgsqlConnection, CancellationToken, ValueTask<T>> run, CancellationToken cancellationToken)
    {
        try
        {
            try
            {
                return await OnceAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (database.MayRetry(exception, writes: false))
            {
                // Retried below, outside the handler.
            }

            return await database.RetriesFor(writes: false).ExecuteAsync(OnceAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw SagaSchemaErrors.Explain(exception, database) ?? ErrorTranslator.Translate(exception, database.Kind, entity: null, operation);
        }

        async ValueTask<T> OnceAsync(CancellationToken token)
        {
            var connection = await database.OpenAsync(token).ConfigureAwait(false);
            await using var returned = connection.ConfigureAwait(false);
            return await run(connection, token).ConfigureAwait(false);
        }
    }
}

/// <summary>Says what is missing where the tables of sagas are not there.</summary>
internal static class SagaSchemaErrors
{
    public static SchemaVersionException? Explain(Exception exception, PostgresDatabase database)
        => exception is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName } missing
            && missing.MessageText.Contains("dualdb", StringComparison.Ordinal)
            ? new SchemaVersionException(
                $"The tables of sagas are not installed in {database.Kind}: {missing.MessageText}. Call db.Sagas.InstallAsync() when the application starts, or run the scripts of ConsistencySchema.")
            {
                Database = database.Kind,
            }
            : null;
}
