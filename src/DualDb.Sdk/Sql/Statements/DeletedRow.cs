using DualDb.Mapping;
using DualDb.Rest;
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

    // The SQL is the entity's with "returning" behind it.
    public ValueTask<TEntity?> RunAsync(RestTable rest, CancellationToken cancellationToken)
        => RestDelete<TEntity, TKey, TMap>.OneAsync(
            rest, key, operation, TMap.HardDelete is { } hard && sql.StartsWith(hard, StringComparison.Ordinal), cancellationToken);
}
