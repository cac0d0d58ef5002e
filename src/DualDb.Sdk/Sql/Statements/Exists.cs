using DualDb.Mapping;
using Npgsql;

namespace DualDb.Sql.Statements;

/// <summary>Whether a row has the key.</summary>
internal readonly struct Exists<TEntity, TKey, TMap>(TKey key) : IStatement<bool>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    public string Operation => "ExistsAsync";

    public string Sql => TMap.Exists;

    public bool Writes => false;

    public void Bind(NpgsqlParameterCollection parameters) => TMap.BindKey(parameters, key);

    public async ValueTask<bool> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
        => await reader.ReadAsync(cancellationToken).ConfigureAwait(false) && reader.GetBoolean(0);
}
