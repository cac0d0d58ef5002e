using DualDb.Diagnostics.Calls;
using Npgsql;

namespace DualDb.Sql;

internal sealed partial class StatementExecutor
{
    /// <summary>Runs one binary COPY inside a transaction. Disposing an importer that was not completed cancels the COPY: nothing of it stays.</summary>
    public async Task CopyAsync(
        string operation,
        string sql,
        DatabaseTransaction transaction,
        Func<NpgsqlBinaryImporter, CancellationToken, Task> write,
        CancellationToken cancellationToken)
    {
        using var activity = StatementActivity.Start(entity, operation, sql);
        var began = CallTiming.Begin(database);
        transaction.RequireUserOf(database);
        try
        {
            var importer = await transaction.Connection.BeginBinaryImportAsync(sql, cancellationToken).ConfigureAwait(false);
            await using (importer.ConfigureAwait(false))
            {
                await write(importer, cancellationToken).ConfigureAwait(false);
                await importer.CompleteAsync(cancellationToken).ConfigureAwait(false);
            }

            CallTiming.Succeeded(database, began, entity.Name, operation, sql);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw Fail(activity, began, exception, operation);
        }
    }
}
