using DualDb.Mapping;
using DualDb.Sql.Statements;
using Npgsql;

namespace DualDb.Sql;

/// <summary>
/// Writes many rows by binary COPY. COPY returns nothing, so what the database would have made (keys, times, versions) is
/// asked for beforehand and written with the rows.
/// </summary>
internal static class BulkCopy<TEntity, TKey, TMap>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    /// <summary>The rows as stored, or null where their keys cannot be drawn beforehand: nothing was written then.</summary>
    public static async Task<IReadOnlyList<TEntity>?> TryWriteAsync(
        StatementExecutor executor, BulkPart<TEntity> part, DatabaseTransaction transaction, CancellationToken cancellationToken)
    {
        var rows = await CompleteAsync(executor, part, transaction, cancellationToken).ConfigureAwait(false);
        if (rows is null)
        {
            return null;
        }

        await executor.CopyAsync(
            "InsertManyAsync",
            TMap.Copy!,
            transaction,
            (importer, token) => WriteRowsAsync(importer, rows, token),
            cancellationToken).ConfigureAwait(false);
        return rows;
    }

    private static async Task WriteRowsAsync(NpgsqlBinaryImporter importer, IReadOnlyList<TEntity> rows, CancellationToken cancellationToken)
    {
        for (var index = 0; index < rows.Count; index++)
        {
            await importer.StartRowAsync(cancellationToken).ConfigureAwait(false);
            await TMap.CopyAsync(importer, rows[index], cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<IReadOnlyList<TEntity>?> CompleteAsync(
        StatementExecutor executor, BulkPart<TEntity> part, DatabaseTransaction transaction, CancellationToken cancellationToken)
    {
        if (part.WithKeys && !TMap.Features.HasFlag(EntityFeatures.Timestamps) && !TMap.Features.HasFlag(EntityFeatures.Versioned))
        {
            return part.Rows;
        }

        var keys = part.WithKeys
            ? null
            : await executor.ExecuteAsync<ReserveKeys, IReadOnlyList<long>?>(
                new(TMap.ReserveKeys!, part.Rows.Count), transaction, cancellationToken).ConfigureAwait(false);
        if (keys is null && !part.WithKeys)
        {
            return null;
        }

        // The transaction's own time, by the database's clock: what now() gives every row of the unnest form.
        var now = TMap.Features.HasFlag(EntityFeatures.Timestamps)
            ? await executor.ExecuteAsync<TransactionTime, DateTimeOffset>(default, transaction, cancellationToken).ConfigureAwait(false)
            : default;

        var complete = new TEntity[part.Rows.Count];
        for (var index = 0; index < complete.Length; index++)
        {
            var row = part.Rows[index];
            complete[index] = TMap.Complete(row, keys is null ? TMap.KeyOf(row) : TMap.KeyFromSequence(keys[index]), now);
        }

        return complete;
    }
}
