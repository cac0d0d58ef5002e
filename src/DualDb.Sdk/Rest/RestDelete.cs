using DualDb.Mapping;

namespace DualDb.Rest;

/// <summary>Deletes one row, or marks it.</summary>
internal static class RestDelete<TEntity, TKey, TMap>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    /// <summary>The row that was deleted; null where there was none.</summary>
    public static async ValueTask<TEntity?> OneAsync(RestTable table, TKey key, string operation, bool isForGood, CancellationToken cancellationToken)
    {
        if (table.Columns.Mark is null || isForGood)
        {
            var deleted = await table.DeleteAsync(
                RestEntity<TEntity, TKey, TMap>.ByKeyMarkedOrNot(table, key), RestEntity<TEntity, TKey, TMap>.Read, operation, cancellationToken).ConfigureAwait(false);
            return deleted is [var row] ? row : null;
        }

        return await RestVersioned.ChangeAsync(
            table,
            RestEntity<TEntity, TKey, TMap>.ByKey(table, key),
            operation,
            version => RestBody.Of(body => body.Row(() =>
            {
                RestMarks.Write(body, table.Columns, marks: true);
                RestMarks.WriteTraces(body, table.Columns, version);
            })),
            RestEntity<TEntity, TKey, TMap>.Read,
            cancellationToken).ConfigureAwait(false);
    }
}
