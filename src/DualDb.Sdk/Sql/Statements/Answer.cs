using DualDb.Mapping;
using Npgsql;

namespace DualDb.Sql.Statements;

/// <summary>The shapes in which rows of an entity come back.</summary>
internal static class Answer<TEntity, TKey, TMap>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    public static async ValueTask<TEntity?> SingleOrNullAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
        => await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? RowReader<TEntity, TKey, TMap>.Read(reader) : null;

    public static async ValueTask<IReadOnlyList<TEntity>> ListAsync(NpgsqlDataReader reader, int capacity, CancellationToken cancellationToken)
    {
        var rows = new List<TEntity>(capacity);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add(RowReader<TEntity, TKey, TMap>.Read(reader));
        }

        return rows;
    }
}
