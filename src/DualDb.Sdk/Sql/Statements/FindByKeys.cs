using DualDb.Mapping;
using DualDb.Rest;
using Npgsql;

namespace DualDb.Sql.Statements;

/// <summary>Rows by keys, in the order of the keys: the server keeps order and duplicates by the ordinality of the key array.</summary>
internal readonly struct FindByKeys<TEntity, TKey, TMap>(IReadOnlyList<TKey> keys) : IStatement<IReadOnlyList<TEntity>>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    public string Operation => "FindManyAsync";

    public string Sql => TMap.SelectByKeys;

    public bool Writes => false;

    public void Bind(NpgsqlParameterCollection parameters) => TMap.BindKeys(parameters, keys);

    public ValueTask<IReadOnlyList<TEntity>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
        => Answer<TEntity, TKey, TMap>.ListAsync(reader, keys.Count, cancellationToken);

    public ValueTask<IReadOnlyList<TEntity>> RunAsync(RestTable rest, CancellationToken cancellationToken)
        => RestEntity<TEntity, TKey, TMap>.FindManyAsync(rest, keys, cancellationToken);
}
