using DualDb.Mapping;
using Npgsql;

namespace DualDb.Sql.Statements;

/// <summary>Updates one row by key (and version) and returns it as stored, or null where none matched.</summary>
internal readonly struct UpdateRow<TEntity, TKey, TMap>(TEntity entity) : IStatement<TEntity?>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    public string Operation => "UpdateAsync";

    public string Sql => TMap.Update;

    public bool Writes => true;

    public void Bind(NpgsqlParameterCollection parameters) => TMap.BindUpdate(parameters, entity);

    public ValueTask<TEntity?> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
        => Answer<TEntity, TKey, TMap>.SingleOrNullAsync(reader, cancellationToken);
}
