using DualDb.Mapping;

namespace DualDb.Rest;

/// <summary>Inserts rows in one request, so that all of them are stored or none.</summary>
internal static class RestInsert<TEntity, TKey, TMap>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    public static ValueTask<IReadOnlyList<TEntity>> ManyAsync(RestTable table, IReadOnlyList<TEntity> entities, string operation, CancellationToken cancellationToken)
    {
        var keyed = entities.Count(static entity => TMap.HasKey(entity));
        var query = new RestQuery();
        string? prefer = null;
        if (TMap.Features.HasFlag(EntityFeatures.GeneratedKey) && keyed > 0 && keyed < entities.Count)
        {
            // Rows of unlike members: those without a key are to get the column's default, and not NULL.
            query.Add("columns", string.Join(',', table.Entity.Columns.Select(static column => RestNames.Text(column.Name))));
            prefer = "missing=default";
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
