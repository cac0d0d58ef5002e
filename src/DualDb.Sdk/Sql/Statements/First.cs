using DualDb.Mapping;
using DualDb.Rest;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Sql.Statements;

/// <summary>The first rows in the order of their keys.</summary>
internal readonly struct First<TEntity, TKey, TMap>(int limit) : IStatement<IReadOnlyList<TEntity>>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    private const int MostToExpect = 1_000;

    public string Operation => "ListAsync";

    public string Sql => TMap.SelectFirst;

    public bool Writes => false;

    public void Bind(NpgsqlParameterCollection parameters)
        => parameters.Add(new NpgsqlParameter<long> { TypedValue = limit, NpgsqlDbType = NpgsqlDbType.Bigint });

    // The limit is a bound, not a size: a caller that asks for int.MaxValue rows must not allocate for them.
    public ValueTask<IReadOnlyList<TEntity>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
        => Answer<TEntity, TKey, TMap>.ListAsync(reader, capacity: Math.Min(limit, MostToExpect), cancellationToken);

    public ValueTask<IReadOnlyList<TEntity>> RunAsync(RestTable rest, CancellationToken cancellationToken)
        => rest.ListAsync(RestEntity<TEntity, TKey, TMap>.Rows(rest) with { Take = limit }, RestEntity<TEntity, TKey, TMap>.Read, cancellationToken);
}
