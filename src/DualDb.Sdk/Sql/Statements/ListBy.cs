using DualDb.Mapping;
using DualDb.Rest;
using Npgsql;

namespace DualDb.Sql.Statements;

/// <summary>Rows by a generated statement.</summary>
internal readonly struct ListBy<TEntity, TKey, TMap, TArgument>(Statement<TArgument> statement, TArgument argument)
    : IStatement<IReadOnlyList<TEntity>>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    public string Operation => statement.Operation;

    public string Sql => statement.Sql;

    public bool Writes => false;

    public void Bind(NpgsqlParameterCollection parameters) => statement.Bind(parameters, argument);

    public ValueTask<IReadOnlyList<TEntity>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
        => Answer<TEntity, TKey, TMap>.ListAsync(reader, capacity: 0, cancellationToken);

    public ValueTask<IReadOnlyList<TEntity>> RunAsync(RestTable rest, CancellationToken cancellationToken)
        => RestLookup<TEntity, TKey, TMap>.ListAsync(rest, statement, argument, cancellationToken);
}
