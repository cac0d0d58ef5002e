using DualDb.Mapping;
using DualDb.Rest;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Querying;

/// <summary>What one column is set to.</summary>
internal abstract class Assignment<TEntity>(Operand<TEntity> column)
    where TEntity : class
{
    public Operand<TEntity> Column => column;

    public abstract void WriteShape(ref ShapeWriter shape);

    public abstract void WriteSql(SqlWriter sql);

    public abstract void Bind(ParameterWriter parameters);

    /// <summary>Writes the value into the body of a request.</summary>
    /// <exception cref="NotSupportedException">It is computed from the row.</exception>
    public virtual void WriteRest(RestBody body, RestColumns columns)
        => throw RestUnsupported.Of($"{Column.Name} of {columns.Entity.Name} cannot be set to what is computed from the row");
}

/// <summary>A value, in the form that travels.</summary>
internal sealed class ValueAssignment<TEntity, TWire>(Operand<TEntity> column, TWire value, NpgsqlDbType type, string? cast) : Assignment<TEntity>(column)
    where TEntity : class
{
    public override void WriteShape(ref ShapeWriter shape)
    {
        shape.Write(ShapeCodes.Assignment, 0);
        Column.WriteShape(ref shape);
    }

    public override void WriteSql(SqlWriter sql)
    {
        Column.WriteSql(sql);
        sql.Write(" = ").Parameter(cast);
    }

    public override void Bind(ParameterWriter parameters)
        => parameters.Add(new NpgsqlParameter<TWire> { TypedValue = value, NpgsqlDbType = type });

    public override void WriteRest(RestBody body, RestColumns columns)
        => body.Columns([columns.Entity.Columns.First(column => string.Equals(column.Name, Column.Name, StringComparison.Ordinal))]).Add(value, type);
}

/// <summary>The value of another column of the same row.</summary>
internal sealed class CopyAssignment<TEntity>(Operand<TEntity> column, Operand<TEntity> source, string? cast) : Assignment<TEntity>(column)
    where TEntity : class
{
    public override void WriteShape(ref ShapeWriter shape)
    {
        shape.Write(ShapeCodes.Assignment, 1);
        Column.WriteShape(ref shape);
        source.WriteShape(ref shape);
    }

    public override void WriteSql(SqlWriter sql)
    {
        Column.WriteSql(sql);
        source.WriteSql(sql.Write(" = "));
        sql.Write(cast is null ? "" : "::" + cast);
    }

    public override void Bind(ParameterWriter parameters) => source.Bind(parameters);
}

/// <summary>What the column has, and so much more.</summary>
internal sealed class AddAssignment<TEntity, T>(Operand<TEntity> column, ColumnCodec<T> codec, T amount) : Assignment<TEntity>(column)
    where TEntity : class
{
    public override void WriteShape(ref ShapeWriter shape)
    {
        shape.Write(ShapeCodes.Assignment, 2);
        Column.WriteShape(ref shape);
    }

    public override void WriteSql(SqlWriter sql)
    {
        Column.WriteSql(sql);
        Column.WriteSql(sql.Write(" = "));
        sql.Write(" + ").Parameter(codec.ComparisonCast);
    }

    public override void Bind(ParameterWriter parameters) => parameters.Add(codec, amount);
}
