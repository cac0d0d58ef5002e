using DualDb.Mapping;

namespace DualDb.Rest;

/// <summary>Inserts or overwrites rows by key.</summary>
internal static class RestUpsert<TEntity, TKey, TMap>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    // More than one is lost only to others who delete the row and insert it again.
    private const int Rounds = 4;

    // PostgREST overwrites every column that it was sent. A version has to be counted up instead, and the time of creation left alone.
    private static bool IsPlain => !TMap.Features.HasFlag(EntityFeatures.Versioned) && !TMap.Features.HasFlag(EntityFeatures.Timestamps);

    /// <summary>One row.</summary>
    public static async ValueTask<TEntity?> OneAsync(RestTable table, TEntity entity, string operation, CancellationToken cancellationToken)
    {
        if (IsPlain)
        {
            var stored = await ManyAsync(table, [entity], operation, cancellationToken).ConfigureAwait(false);
            return stored is [var row] ? row : null;
        }

        var select = RestEntity<TEntity, TKey, TMap>.ByKeyMarkedOrNot(table, TMap.KeyOf(entity));
        for (var round = 0; round < Rounds; round++)
        {
            var updated = await RestVersioned.ChangeAsync(
                table, select, operation, version => RestEntity<TEntity, TKey, TMap>.UpdateBody(table, entity, version), RestEntity<TEntity, TKey, TMap>.Read, cancellationToken).ConfigureAwait(false);
            if (updated is not null)
            {
                return updated;
            }

            var inserted = await InsertAsync(table, [entity], "resolution=ignore-duplicates", operation, cancellationToken).ConfigureAwait(false);
            if (inserted is [var row])
            {
                return row;
            }
        }

        // There, but neither changed nor inserted, again and again: a policy lets it be seen and not changed.
        throw new Npgsql.PostgresException(
            $"new row violates row-level security policy for table \"{table.Entity.Table}\"", "ERROR", "ERROR", Npgsql.PostgresErrorCodes.InsufficientPrivilege, tableName: table.Entity.Table);
    }

    /// <summary>Rows in one request, so that all of them are stored or none.</summary>
    /// <exception cref="NotSupportedException">The entity has a version or times, which PostgREST would overwrite.</exception>
    public static ValueTask<IReadOnlyList<TEntity>> ManyAsync(RestTable table, IReadOnlyList<TEntity> entities, string operation, CancellationToken cancellationToken)
        => entities.All(static entity => !TMap.HasKey(entity)) ? RestInsert<TEntity, TKey, TMap>.ManyAsync(table, entities, operation, cancellationToken)
            : IsPlain ? InsertAsync(table, entities, "resolution=merge-duplicates", operation, cancellationToken)
            : throw RestUnsupported.Of(
                $"{operation} of {TMap.Info.Name}: rows with a version, or with times of creation and change, cannot be overwritten all at once, because their columns would be as well. "
                + "UpsertAsync does it row by row; all at once it cannot be done");

    private static ValueTask<IReadOnlyList<TEntity>> InsertAsync(
        RestTable table, IReadOnlyList<TEntity> entities, string prefer, string operation, CancellationToken cancellationToken)
        => RestInsert<TEntity, TKey, TMap>.ManyAsync(
            table,
            entities,
            operation,
            cancellationToken,
            prefer,
            string.Join(',', table.Columns.Key.Select(static column => RestNames.Quote(column.Name))));
}
