using DualDb.Mapping;
using DualDb.Rest;
using Npgsql;

namespace DualDb.Sql.Statements;

/// <summary>Inserts or upserts rows in one statement (one array per column) and returns them as stored.</summary>
internal readonly struct WriteRows<TEntity, TKey, TMap>(string operation, string sql, IReadOnlyList<TEntity> entities, bool withKeys)
    : IStatement<IReadOnlyList<TEntity>>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    public string Operation => operation;

    public string Sql => sql;

    public bool Writes => true;

    public void Bind(NpgsqlParameterCollection parameters) => TMap.BindInsertMany(parameters, entities, withKeys);

    public ValueTask<IReadOnlyList<TEntity>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
        => Answer<TEntity, TKey, TMap>.ListAsync(reader, entities.Count, cancellationToken);

    public ValueTask<IReadOnlyList<TEntity>> RunAsync(RestTable rest, CancellationToken cancellationToken)
        => string.Equals(operation, "UpsertManyAsync", StringComparison.Ordinal)
            ? RestUpsert<TEntity, TKey, TMap>.ManyAsync(rest, entities, operation, cancellationToken)
            : RestInsert<TEntity, TKey, TMap>.ManyAsync(rest, entities, operation, cancellationToken);
}
