using Npgsql;

namespace DualDb.Querying;

/// <summary>A piece of a condition in SQL of the user's.</summary>
internal abstract class SqlPart<TEntity>
    where TEntity : class
{
    public abstract void WriteShape(ref ShapeWriter shape);

    public abstract void WriteSql(SqlWriter sql);

    /// <summary>How deep conditions are nested in it.</summary>
    public virtual int Depth => 0;

    public virtual void Bind(ParameterWriter parameters)
    {
    }

    internal sealed class Text(string text) : SqlPart<TEntity>
    {
        public override void WriteShape(ref ShapeWriter shape) => shape.Write(ShapeCodes.RawText, text);

        public override void WriteSql(SqlWriter sql) => sql.Write(text);
    }

    internal sealed class Operand(Operand<TEntity> operand) : SqlPart<TEntity>
    {
        public override void WriteShape(ref ShapeWriter shape) => operand.WriteShape(ref shape);

        public override void WriteSql(SqlWriter sql) => operand.WriteSql(sql);

        public override void Bind(ParameterWriter parameters) => operand.Bind(parameters);
    }

    internal sealed class Condition(Filter<TEntity> filter) : SqlPart<TEntity>
    {
        public override int Depth => filter.Depth;

        public override void WriteShape(ref ShapeWriter shape)
        {
            shape.Write(ShapeCodes.RawCondition);
            filter.WriteShape(ref shape);
        }

        // In parentheses: what is written around it may bind tighter.
        public override void WriteSql(SqlWriter sql)
        {
            filter.WriteSql(sql.Write("("));
            sql.Write(")");
        }

        public override void Bind(ParameterWriter parameters) => filter.Bind(parameters);
    }

    internal sealed class Value(object? value) : SqlPart<TEntity>
    {
        public override void WriteShape(ref ShapeWriter shape) => shape.Write(ShapeCodes.RawValue);

        public override void WriteSql(SqlWriter sql) => sql.Parameter();

        public override void Bind(ParameterWriter parameters) => parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
    }
}
