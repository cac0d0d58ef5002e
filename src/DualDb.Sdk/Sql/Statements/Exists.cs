using DualDb.Mapping;
using DualDb.Rest;
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

    public async ValueTask<bool> RunAsync(RestTable rest, CancellationToken cancellationToken)
    {
        var select = RestEntity<TEntity, TKey, TMap>.ByKey(rest, key) with { Select = rest.Columns.KeySelect, Shape = rest.Columns.KeyShape, Take = 1 };
        return await rest.ListAsync(select, static _ => true, cancellationToken).ConfigureAwait(false) is [_];
    }
}
