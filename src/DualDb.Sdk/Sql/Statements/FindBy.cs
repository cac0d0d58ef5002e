using DualDb.Mapping;
using DualDb.Rest;
using Npgsql;

namespace DualDb.Sql.Statements;

/// <summary>One row by a generated statement, or null.</summary>
internal readonly struct FindBy<TEntity, TKey, TMap, TArgument>(Statement<TArgument> statement, TArgument argument) : IStatement<TEntity?>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    public string Operation => statement.Operation;

    public string Sql => statement.Sql;

    public bool Writes => false;

    public void Bind(NpgsqlParameterCollection parameters) => statement.Bind(parameters, argument);

    public ValueTask<TEntity?> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
        => Answer<TEntity, TKey, TMap>.SingleOrNullAsync(reader, cancellationToken);

    public ValueTask<TEntity?> RunAsync(RestTable rest, CancellationToken cancellationToken)
        => RestEntity<TEntity, TKey, TMap>.SingleOrNullAsync(rest, RestLookup<TEntity, TKey, TMap>.Rows(rest, statement, argument), cancellationToken);
}
