using Npgsql;

namespace DualDb.Querying;

/// <summary>A piece of a condition in SQL of the user's.</summary>
internal abstract class SqlPart<TEntity>
    where TEntity : class
{
    public abstract void WriteShape(ref ShapeWriter shape);

    public abstract void WriteSql(SqlWriter sql);

    public virtual void Bind(ParameterWriter parameters)
    {
    }

    internal sealed class Text(string text) : SqlPart<TEntity>
    {
        public override void WriteShape(ref ShapeWriter shape) => shape.Write(ShapeCodes.RawSql, text);

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
        public override void WriteShape(ref ShapeWriter shape) => filter.WriteShape(ref shape);

        public override void WriteSql(SqlWriter sql) => filter.WriteSql(sql);

        public override void Bind(ParameterWriter parameters) => filter.Bind(parameters);
    }

    internal sealed class Value(object? value) : SqlPart<TEntity>
    {
        public override void WriteShape(ref ShapeWriter shape) => shape.Write(ShapeCodes.Value);

        public override void WriteSql(SqlWriter sql) => sql.Parameter();

        public override void Bind(ParameterWriter parameters) => parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
    }
}
