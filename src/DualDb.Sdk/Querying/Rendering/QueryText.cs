using DualDb.Mapping;
using DualDb.Rest;
using Npgsql;

namespace DualDb.Querying;

/// <summary>A statement of a query: its SQL, kept by its shape, and its values.</summary>
internal abstract class QueryText<TEntity>
    where TEntity : class
{
    private const int UsualShape = 256;

    private string? _sql;

    /// <summary>The SQL: the same string for the same shape.</summary>
    public string Sql => _sql ??= FindSql();

    /// <summary>Adds the values, in the order in which <see cref="WriteSql"/> has numbered them.</summary>
    public abstract void Bind(ParameterWriter parameters);

    public void Bind(NpgsqlParameterCollection parameters) => Bind(new ParameterWriter(parameters));

    /// <summary>Reads what the text selects over REST.</summary>
    /// <exception cref="NotSupportedException">PostgREST cannot select it.</exception>
    public virtual ValueTask<IReadOnlyList<TResult>> ReadAsync<TResult>(RestTable rest, Func<ResultRow, TResult> read, CancellationToken cancellationToken)
        => rest.ListAsync(ToRest(rest.Columns), read, cancellationToken);

    /// <summary>What the text selects, over REST.</summary>
    /// <exception cref="NotSupportedException">PostgREST cannot select it.</exception>
    public virtual RestSelect ToRest(RestColumns columns) => throw RestUnsupported.Of($"The statement cannot be sent to {columns.Entity.Table}");

    /// <summary>Changes what the text changes over REST, and counts it.</summary>
    /// <exception cref="NotSupportedException">PostgREST cannot change it.</exception>
    public virtual ValueTask<long> ChangeAsync(RestTable rest, string operation, CancellationToken cancellationToken)
        => throw RestUnsupported.Of($"{rest.Entity.Name}.{operation} cannot be done");

    /// <summary>Writes all that the SQL depends on.</summary>
    protected abstract void WriteShape(ref ShapeWriter shape);

    protected abstract void WriteSql(SqlWriter sql);

    private string FindSql()
    {
        var shape = new ShapeWriter(stackalloc char[UsualShape]);
        try
        {
            WriteShape(ref shape);
            return SqlTexts<TEntity>.Find(shape.Written) ?? SqlTexts<TEntity>.Keep(shape.Written, Render());
        }
        finally
        {
            shape.Dispose();
        }
    }

    private string Render()
    {
        var sql = new SqlWriter();
        WriteSql(sql);
        return sql.ToString();
    }
}
