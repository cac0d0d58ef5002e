using DualDb.Mapping;

namespace DualDb.Querying;

/// <summary>Another operand, in the type that accepts null.</summary>
internal sealed class NullableOperand<TEntity, T>(Operand<TEntity, T> source) : Operand<TEntity, T?>(ColumnCodec.OrNull(source.Codec))
    where TEntity : class
    where T : struct
{
    internal override string Name => source.Name;

    internal override bool IsNullable => source.IsNullable;

    internal override void WriteShape(ref ShapeWriter shape) => source.WriteShape(ref shape);

    internal override void WriteSql(SqlWriter sql) => source.WriteSql(sql);

    internal override void WriteSelectSql(SqlWriter sql) => source.WriteSelectSql(sql);

    internal override void WriteOrderSql(SqlWriter sql, string table) => source.WriteOrderSql(sql, table);

    internal override void Bind(ParameterWriter parameters) => source.Bind(parameters);

    internal override T? Evaluate(TEntity row) => source.Evaluate(row);

    internal override string RestPath => source.RestPath;

    internal override string RestSelect => source.RestSelect;

    internal override bool IsForRestEqualityOnly => source.IsForRestEqualityOnly;
}
