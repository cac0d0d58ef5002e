using DualDb.Mapping;
using DualDb.Rest;
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

    public async ValueTask<TEntity?> RunAsync(RestTable rest, CancellationToken cancellationToken)
    {
        if (withKey && string.Equals(sql, TMap.Upsert, StringComparison.Ordinal))
        {
            return await RestUpsert<TEntity, TKey, TMap>.OneAsync(rest, entity, operation, cancellationToken).ConfigureAwait(false);
        }

        var (row, keyed) = (entity, withKey);
        var body = RestBody.Of(body => RestEntity<TEntity, TKey, TMap>.WriteInsert(body, rest, row, keyed));
        var stored = await rest.InsertAsync(body, prefer: null, new RestQuery(), RestEntity<TEntity, TKey, TMap>.Read, operation, cancellationToken).ConfigureAwait(false);
        return stored is [var inserted] ? inserted : null;
    }
}
