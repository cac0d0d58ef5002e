using DualDb.Mapping;
using DualDb.Rest;
using DualDb.Sql.Statements;
using DualDb.Sql;
using Npgsql;

namespace DualDb.Querying;

/// <summary>The rows of a query.</summary>
internal readonly struct QueryRows<TEntity, TKey, TMap>(string operation, QueryText<TEntity> text) : IStatement<IReadOnlyList<TEntity>>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    private const int UsualRows = 16;

    public string Operation => operation;

    public string Sql => text.Sql;

    public bool Writes => false;

    public void Bind(NpgsqlParameterCollection parameters) => text.Bind(parameters);

    public ValueTask<IReadOnlyList<TEntity>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
        => Answer<TEntity, TKey, TMap>.ListAsync(reader, UsualRows, cancellationToken);

    public ValueTask<IReadOnlyList<TEntity>> RunAsync(RestTable rest, CancellationToken cancellationToken)
        => rest.ListAsync(text.ToRest(rest.Columns) with { KeyOf = RestEntity<TEntity, TKey, TMap>.KeyOf }, RestEntity<TEntity, TKey, TMap>.Read, cancellationToken);
}

/// <summary>What the rows of a query become.</summary>
internal readonly struct ProjectedRows<TEntity, TResult>(string operation, QueryText<TEntity> text, EntityInfo entity, Func<ResultRow, TResult> read)
    : IStatement<IReadOnlyList<TResult>>
    where TEntity : class
{
    public string Operation => operation;

    public string Sql => text.Sql;

    public bool Writes => false;

    public void Bind(NpgsqlParameterCollection parameters) => text.Bind(parameters);

    public async ValueTask<IReadOnlyList<TResult>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var rows = new List<TResult>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add(ProjectedRow.Read(entity, reader, read));
        }

        return rows;
    }

    public ValueTask<IReadOnlyList<TResult>> RunAsync(RestTable rest, CancellationToken cancellationToken)
    {
        var (info, make) = (entity, read);
        return text.ReadAsync(rest, row => ProjectedRow.Read(info, row, make), cancellationToken);
    }
}

/// <summary>An update or a deletion of many rows; answers how many.</summary>
internal readonly struct ChangeRows<TEntity>(string operation, QueryText<TEntity> text) : IStatement<long>
    where TEntity : class
{
    public string Operation => operation;

    public string Sql => text.Sql;

    public bool Writes => true;

    public void Bind(NpgsqlParameterCollection parameters) => text.Bind(parameters);

    public ValueTask<long> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken) => ValueTask.FromResult<long>(reader.RecordsAffected);

    public ValueTask<long> RunAsync(RestTable rest, CancellationToken cancellationToken) => text.ChangeAsync(rest, operation, cancellationToken);
}

/// <summary>One row that is updated by key in some of its columns; null where none has the key, or not the version.</summary>
internal readonly struct PatchRow<TEntity, TKey, TMap>(TKey key, PatchText<TEntity> text, long? version) : IStatement<TEntity?>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    public string Operation => "PatchAsync";

    public string Sql => text.Sql;

    public bool Writes => true;

    public void Bind(NpgsqlParameterCollection parameters)
    {
        TMap.BindKey(parameters, key);
        text.Bind(parameters);
        if (version is { } expected)
        {
            parameters.Add(new NpgsqlParameter<long> { TypedValue = expected });
        }
    }

    public ValueTask<TEntity?> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
        => Answer<TEntity, TKey, TMap>.SingleOrNullAsync(reader, cancellationToken);

    public ValueTask<TEntity?> RunAsync(RestTable rest, CancellationToken cancellationToken)
    {
        var patch = text;
        var select = RestEntity<TEntity, TKey, TMap>.ByKey(rest, key);
        return version is not { } expected
            ? RestVersioned.ChangeAsync(rest, select, Operation, current => patch.RestBodyOf(rest.Columns, current), RestEntity<TEntity, TKey, TMap>.Read, cancellationToken)
            : RestVersioned.SingleAsync(
                rest,
                select with { Parameters = [.. select.Parameters, RestVersioned.Expected(rest, expected)] },
                Operation,
                patch.RestBodyOf(rest.Columns, expected),
                RestEntity<TEntity, TKey, TMap>.Read,
                cancellationToken);
    }
}
