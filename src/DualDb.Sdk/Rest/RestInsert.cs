using DualDb.Mapping;

namespace DualDb.Rest;

/// <summary>Inserts rows in one request, so that all of them are stored or none.</summary>
internal static class RestInsert<TEntity, TKey, TMap>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    /// <summary>Inserts them, and returns them as stored.</summary>
    /// <param name="table">The table.</param>
    /// <param name="entities">The rows.</param>
    /// <param name="operation">The public method.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <param name="resolution">What becomes of rows that are there; null for an error.</param>
    /// <param name="conflict">The columns by which a row is there; null for none.</param>
    public static ValueTask<IReadOnlyList<TEntity>> ManyAsync(
        RestTable table, IReadOnlyList<TEntity> entities, string operation, CancellationToken cancellationToken, string? resolution = null, string? conflict = null)
    {
        var keyed = entities.Count(static entity => TMap.HasKey(entity));
        var query = new RestQuery().Add("on_conflict", conflict);
        var prefer = resolution;
        if (TMap.Features.HasFlag(EntityFeatures.GeneratedKey) && keyed > 0 && keyed < entities.Count)
        {
            // Rows of unlike members: those without a key are to get the column's default, and not NULL.
            query.Add("columns", string.Join(',', table.Entity.Columns.Select(static column => RestNames.Text(column.Name))));
            prefer = resolution is null ? "missing=default" : resolution + ",missing=default";
        }

        return table.InsertAsync(
            RestBody.OfMany(entities, (body, entity) => RestEntity<TEntity, TKey, TMap>.WriteInsert(body, table, entity, TMap.HasKey(entity))),
            prefer,
            query,
            RestEntity<TEntity, TKey, TMap>.Read,
            operation,
            cancellationToken);
    }
}
