using DualDb.Mapping;
using Npgsql;

namespace DualDb.Sql.Statements;

/// <summary>Inserts or upserts one row and returns it as stored.</summary>
internal readonly struct WriteRow<TEntity, TKey, TMap>(string operation, string sql, TEntity entity, bool withKey) : IStatement<TEntity?>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    public string Operation => operation;

    public string Sql => sql;

    public bool Writes => true;

    public void Bind(NpgsqlParameterCollection parameters) => TMap.BindInsert(parameters, entity, withKey);

    public ValueTask<TEntity?> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
        => Answer<TEntity, TKey, TMap>.SingleOrNullAsync(reader, cancellationToken);
}
