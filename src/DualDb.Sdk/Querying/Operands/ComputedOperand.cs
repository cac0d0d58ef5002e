using DualDb.Mapping;

namespace DualDb.Querying;

/// <summary>What a function makes of another operand; NULL of NULL.</summary>
/// <param name="source">The other operand.</param>
/// <param name="name">The function, for messages and to tell it from other functions.</param>
/// <param name="before">The SQL before the operand's.</param>
/// <param name="after">The SQL after the operand's.</param>
/// <param name="codec">How results travel.</param>
/// <param name="compute">The same function in memory.</param>
internal sealed class ComputedOperand<TEntity, TSource, T>(
    Operand<TEntity, TSource> source, string name, string before, string after, ColumnCodec<T> codec, Func<TSource, T> compute)
    : Operand<TEntity, T>(codec)
    where TEntity : class
{
    internal override string Name => name + " of " + source.Name;

    internal override bool IsNullable => true;

    internal override void WriteShape(ref ShapeWriter shape)
    {
        // The SQL itself, since two functions may be called alike.
        shape.Write(ShapeCodes.Function, before);
        shape.Write(ShapeCodes.Function, after);
        source.WriteShape(ref shape);
    }

    internal override void WriteSql(SqlWriter sql)
    {
        sql.Write(before);
        source.WriteSql(sql);
        sql.Write(after);
    }

    internal override void Bind(ParameterWriter parameters) => source.Bind(parameters);

    internal override T Evaluate(TEntity row) => source.Evaluate(row) is { } value ? compute(value) : default!;
}
