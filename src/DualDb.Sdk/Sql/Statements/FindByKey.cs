using DualDb.Mapping;
using DualDb.Rest;
using Npgsql;

namespace DualDb.Sql.Statements;

/// <summary>One row by key, or null.</summary>
internal readonly struct FindByKey<TEntity, TKey, TMap>(TKey key, string operation) : IStatement<TEntity?>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    public string Operation => operation;

    public string Sql => TMap.SelectByKey;

    public bool Writes => false;

    public void Bind(NpgsqlParameterCollection parameters) => TMap.BindKey(parameters, key);

    public ValueTask<TEntity?> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
        => Answer<TEntity, TKey, TMap>.SingleOrNullAsync(reader, cancellationToken);

    public ValueTask<TEntity?> RunAsync(RestTable rest, CancellationToken cancellationToken)
        => RestEntity<TEntity, TKey, TMap>.SingleOrNullAsync(rest, RestEntity<TEntity, TKey, TMap>.ByKey(rest, key), cancellationToken);
}
