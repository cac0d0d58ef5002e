using DualDb.Mapping;
using DualDb.Rest;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Sql.Statements;

/// <summary>The first rows in the order of their keys, or the first ones behind a row.</summary>
/// <param name="after">The row; null for the beginning.</param>
/// <param name="selectAfter">The rows behind a key. Parameters: the key's, then the limit.</param>
/// <param name="limit">At most so many rows.</param>
internal readonly struct KeysetChunk<TEntity, TKey, TMap>(TEntity? after, string selectAfter, int limit) : IStatement<IReadOnlyList<TEntity>>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    public string Operation => "StreamAsync";

    public string Sql => after is null ? TMap.SelectFirst : selectAfter;

    public bool Writes => false;

    public void Bind(NpgsqlParameterCollection parameters)
    {
        if (after is not null)
        {
            TMap.BindKey(parameters, TMap.KeyOf(after));
        }

        new ParameterBinder(parameters).Add<long>(limit, NpgsqlDbType.Bigint);
    }

    // The limit is a bound, not a size: a caller that asks for int.MaxValue rows must not allocate for them.
    public ValueTask<IReadOnlyList<TEntity>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
        => Answer<TEntity, TKey, TMap>.ListAsync(reader, capacity: Math.Min(limit, 256), cancellationToken);

    public ValueTask<IReadOnlyList<TEntity>> RunAsync(RestTable rest, CancellationToken cancellationToken)
        => rest.ListAsync(
            RestEntity<TEntity, TKey, TMap>.Rows(rest) with { Take = limit, Groups = [after is null ? null : RestKeyList.After(rest.Columns, RestEntity<TEntity, TKey, TMap>.TextsOf(TMap.KeyOf(after)))] },
            RestEntity<TEntity, TKey, TMap>.Read,
            cancellationToken);
}
