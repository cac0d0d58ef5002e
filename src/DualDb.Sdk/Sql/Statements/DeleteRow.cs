using DualDb.Mapping;
using DualDb.Rest;
using Npgsql;

namespace DualDb.Sql.Statements;

/// <summary>Deletes one row by key, or marks it deleted; answers whether there was one.</summary>
internal readonly struct DeleteRow<TEntity, TKey, TMap>(string operation, string sql, TKey key) : IStatement<bool>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    public string Operation => operation;

    public string Sql => sql;

    public bool Writes => true;

    public void Bind(NpgsqlParameterCollection parameters) => TMap.BindKey(parameters, key);

    public async ValueTask<bool> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return reader.RecordsAffected > 0;
    }

    public async ValueTask<bool> RunAsync(RestTable rest, CancellationToken cancellationToken)
        => await RestDelete<TEntity, TKey, TMap>.OneAsync(rest, key, operation, string.Equals(sql, TMap.HardDelete, StringComparison.Ordinal), cancellationToken).ConfigureAwait(false) is not null;
}
