using DualDb.Mapping;
using DualDb.Rest;
using Npgsql;

namespace DualDb.Sql.Statements;

/// <summary>Takes the deletion mark off one row and returns it, or null where no marked row has the key.</summary>
internal readonly struct RestoreRow<TEntity, TKey, TMap>(TKey key) : IStatement<TEntity?>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    public string Operation => "RestoreAsync";

    public string Sql => TMap.Restore!;

    public bool Writes => true;

    public void Bind(NpgsqlParameterCollection parameters) => TMap.BindKey(parameters, key);

    public ValueTask<TEntity?> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
        => Answer<TEntity, TKey, TMap>.SingleOrNullAsync(reader, cancellationToken);

    public ValueTask<TEntity?> RunAsync(RestTable rest, CancellationToken cancellationToken)
    {
        var select = RestEntity<TEntity, TKey, TMap>.ByKeyMarkedOrNot(rest, key);
        return RestVersioned.ChangeAsync(
            rest,
            select with { Parameters = [.. select.Parameters, .. RestMarks.Marked(rest.Columns, isMarked: true)] },
            Operation,
            version => RestBody.Of(body => body.Row(() =>
            {
                RestMarks.Write(body, rest.Columns, marks: false);
                RestMarks.WriteTraces(body, rest.Columns, version);
            })),
            RestEntity<TEntity, TKey, TMap>.Read,
            cancellationToken);
    }
}
