using DualDb.Mapping;
using Npgsql;

namespace DualDb.Sql.Statements;

/// <summary>Deletes one row by key, or marks it deleted, and returns it; null where there was none.</summary>
internal readonly struct DeletedRow<TEntity, TKey, TMap>(string operation, string sql, TKey key) : IStatement<TEntity?>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    public string Operation => operation;

    public string Sql => sql;

    public bool Writes => true;

    public void Bind(NpgsqlParameterCollection parameters) => TMap.BindKey(parameters, key);

    public ValueTask<TEntity?> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
        => Answer<TEntity, TKey, TMap>.SingleOrNullAsync(reader, cancellationToken);
}
