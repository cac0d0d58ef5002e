using DualDb.Mapping;
using DualDb.Rest;
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

    public async ValueTask<TEntity?> RunAsync(RestTable rest, CancellationToken cancellationToken)
    {
        var version = TMap.VersionOf(entity);
        var select = RestEntity<TEntity, TKey, TMap>.ByKey(rest, TMap.KeyOf(entity));
        var expected = version is { } given ? select with { Parameters = [.. select.Parameters, RestVersioned.Expected(rest, given)] } : select;
        var body = RestEntity<TEntity, TKey, TMap>.UpdateBody(rest, entity, version);

        return await RestVersioned.SingleAsync(rest, expected, Operation, body, RestEntity<TEntity, TKey, TMap>.Read, cancellationToken).ConfigureAwait(false);
    }
}
