using System.Runtime.CompilerServices;
using DualDb.Diagnostics.Calls;
using DualDb.Errors;
using DualDb.Mapping;
using DualDb.Rest;
using Npgsql;

namespace DualDb.Sql;

internal sealed partial class StatementExecutor
{
    /// <summary>All rows of an entity as they arrive: one open reader, nothing buffered.</summary>
    public IAsyncEnumerable<TEntity> StreamAsync<TEntity, TKey, TMap>(
        string operation, string sql, DatabaseTransaction? transaction, CancellationToken cancellationToken)
        where TEntity : class
        where TKey : notnull
        where TMap : struct, IEntityMap<TEntity, TKey>
        => Rest is not null
            ? Rest.StreamAsync(() => RestEntity<TEntity, TKey, TMap>.Rows(Rest), RestEntity<TEntity, TKey, TMap>.Read, operation, cancellationToken)
            : StreamAsync(operation, () => sql, static _ => { }, RowReader<TEntity, TKey, TMap>.Read, transaction, cancellationToken);

    /// <summary>What rows become, as they arrive. Nothing is rendered or sent before the first is asked for.</summary>
    public async IAsyncEnumerable<TRow> StreamAsync<TRow>(
        string operation,
        Func<string> sql,
        Action<NpgsqlParameterCollection> bind,
        Func<ResultRow, TRow> read,
        DatabaseTransaction? transaction,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var text = sql();
        using var activity = StatementActivity.Start(entity, operation, text);

        // Until the first row is there: how long all of them take is the reader's doing as well.
        var began = CallTiming.Begin(database);
        var rows = await OpenRowsAsync(operation, text, bind, transaction, began, cancellationToken).ConfigureAwait(false);
        CallTiming.Succeeded(database, began, entity.Name, operation, text);
        await using (rows.ConfigureAwait(false))
        {
            while (await AdvanceAsync(rows, operation, cancellationToken).ConfigureAwait(false))
            {
                yield return read(rows.Reader);

                // Npgsql asks the token only where it waits, and many rows may be here already.
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Until the first row nobody has seen anything, so opening is retried like any read.</summary>
    private async Task<OpenRows> OpenRowsAsync(
        string operation, string sql, Action<NpgsqlParameterCollection> bind, DatabaseTransaction? transaction, long began, CancellationToken cancellationToken)
    {
        try
        {
            if (transaction is not null)
            {
                transaction.RequireUserOf(database);
                return await OpenRows.OpenAsync(Command(sql, bind), transaction.Connection, ownsConnection: false, cancellationToken).ConfigureAwait(false);
            }

            return await database.RetriesFor(writes: false).ExecuteAsync(
                static async (state, token) =>
                {
                    if (state.Database.ActsAs is { } user)
                    {
                        return await OpenRows.OpenAsUserAsync(state.Database, user, BatchCommand(state.Sql, state.Bind), token).ConfigureAwait(false);
                    }

                    var command = Command(state.Sql, state.Bind);
                    var connection = await state.Database.OpenAsync(token).ConfigureAwait(false);
                    return await OpenRows.OpenAsync(command, connection, ownsConnection: true, token).ConfigureAwait(false);
                },
                (Database: database, Sql: sql, Bind: bind),
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw Fail(activity: null, began, exception, operation);
        }
    }

    private static NpgsqlCommand Command(string sql, Action<NpgsqlParameterCollection> bind)
    {
        var command = new NpgsqlCommand(sql);
        bind(command.Parameters);
        return command;
    }

    private static NpgsqlBatchCommand BatchCommand(string sql, Action<NpgsqlParameterCollection> bind)
    {
        var command = new NpgsqlBatchCommand(sql);
        bind(command.Parameters);
        return command;
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
