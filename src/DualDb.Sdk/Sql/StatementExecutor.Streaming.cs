using System.Runtime.CompilerServices;
using DualDb.Mapping;
using DualDb.Errors;
using Npgsql;

namespace DualDb.Sql;

internal sealed partial class StatementExecutor
{
    /// <summary>Rows as they arrive: one open reader, nothing buffered.</summary>
    public async IAsyncEnumerable<TEntity> StreamAsync<TEntity, TKey, TMap>(
        string operation, string sql, DatabaseTransaction? transaction, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TEntity : class
        where TKey : notnull
        where TMap : struct, IEntityMap<TEntity, TKey>
    {
        using var activity = StatementActivity.Start(entity, operation, sql);
        var rows = await OpenRowsAsync(operation, sql, transaction, cancellationToken).ConfigureAwait(false);
        await using (rows.ConfigureAwait(false))
        {
            while (await AdvanceAsync(rows, operation, cancellationToken).ConfigureAwait(false))
            {
                yield return RowReader<TEntity, TKey, TMap>.Read(rows.Reader);
            }
        }
    }

    /// <summary>Until the first row nobody has seen anything, so opening is retried like any read.</summary>
    private async Task<OpenRows> OpenRowsAsync(
        string operation, string sql, DatabaseTransaction? transaction, CancellationToken cancellationToken)
    {
        try
        {
            if (transaction is not null)
            {
                return await OpenRows.OpenAsync(sql, transaction.Connection, ownsConnection: false, cancellationToken).ConfigureAwait(false);
            }

            return await database.RetriesFor(writes: false).ExecuteAsync(
                static async (state, token) =>
                {
                    var connection = await state.Database.OpenAsync(token).ConfigureAwait(false);
                    return await OpenRows.OpenAsync(state.Sql, connection, ownsConnection: true, token).ConfigureAwait(false);
                },
                (Database: database, Sql: sql),
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw ErrorTranslator.Translate(exception, database.Kind, entity, operation);
        }
    }

    private async ValueTask<bool> AdvanceAsync(OpenRows rows, string operation, CancellationToken cancellationToken)
    {
        try
        {
            return await rows.AdvanceAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw ErrorTranslator.Translate(exception, database.Kind, entity, operation);
        }
    }

    /// <summary>A reader with what must be disposed after it.</summary>
    private sealed class OpenRows(NpgsqlCommand command, NpgsqlDataReader reader, NpgsqlConnection? owned) : IAsyncDisposable
    {
        private bool _exhausted;

        public NpgsqlDataReader Reader { get; } = reader;

        public async ValueTask<bool> AdvanceAsync(CancellationToken cancellationToken)
        {
            var found = await Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            _exhausted = !found;
            return found;
        }

        public static async Task<OpenRows> OpenAsync(
            string sql, NpgsqlConnection connection, bool ownsConnection, CancellationToken cancellationToken)
        {
            var command = new NpgsqlCommand(sql, connection);
            try
            {
                var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
                return new OpenRows(command, reader, ownsConnection ? connection : null);
            }
            catch
            {
                await command.DisposeAsync().ConfigureAwait(false);
                if (ownsConnection)
                {
                    await connection.DisposeAsync().ConfigureAwait(false);
                }

                throw;
            }
        }

        /// <summary>
        /// A caller that leaves early must not wait for the rest of a large table: the statement is cancelled first, or disposing
        /// the reader would read all that is left. Not in a transaction, which the cancellation would abort.
        /// </summary>
        public async ValueTask DisposeAsync()
        {
            if (!_exhausted && owned is not null)
            {
                command.Cancel();
            }

            await DisposeReaderAsync().ConfigureAwait(false);
            await command.DisposeAsync().ConfigureAwait(false);
            if (owned is not null)
            {
                await owned.DisposeAsync().ConfigureAwait(false);
            }
        }

        private async ValueTask DisposeReaderAsync()
        {
            try
            {
                await Reader.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } or OperationCanceledException)
            {
                // The answer to our own cancellation.
            }
        }
    }
}
