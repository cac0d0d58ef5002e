using DualDb.Mapping;
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
}
