using DualDb.Mapping;
using DualDb.Rest;
using Npgsql;

namespace DualDb.Sql.Statements;

/// <summary>How many rows there are.</summary>
internal readonly struct Count<TEntity, TKey, TMap> : IStatement<long>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    public string Operation => "CountAsync";

    public string Sql => TMap.Count;

    public bool Writes => false;

    public void Bind(NpgsqlParameterCollection parameters)
    {
    }

    public async ValueTask<long> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
        => await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? reader.GetInt64(0) : 0;

    public ValueTask<long> RunAsync(RestTable rest, CancellationToken cancellationToken)
        => rest.CountAsync(RestEntity<TEntity, TKey, TMap>.Rows(rest), cancellationToken);
}
