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
                return await OpenRows.OpenAsync(new NpgsqlCommand(sql), transaction.Connection, ownsConnection: false, cancellationToken).ConfigureAwait(false);
            }

            return await database.RetriesFor(writes: false).ExecuteAsync(
                static async (state, token) =>
                {
                    var connection = await state.Database.OpenAsync(token).ConfigureAwait(false);
                    return await OpenRows.OpenAsync(new NpgsqlCommand(state.Sql), connection, ownsConnection: true, token).ConfigureAwait(false);
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
}
