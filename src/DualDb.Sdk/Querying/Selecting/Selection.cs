using System.Globalization;
using DualDb.Mapping.Wire;
using DualDb.Mapping;
using DualDb.Rest;

namespace DualDb.Querying;

/// <summary>What a query selects.</summary>
internal abstract class Selection<TEntity>
    where TEntity : class
{
    public abstract void WriteShape(ref ShapeWriter shape);

    public abstract void WriteSql(SqlWriter sql, QueryFacts facts);

    public virtual void Bind(ParameterWriter parameters)
    {
    }

    /// <summary>What is selected over REST.</summary>
    /// <exception cref="NotSupportedException">PostgREST cannot select it.</exception>
    public abstract RestSelect ToRest(RestColumns columns);
}

/// <summary>All columns of the entity.</summary>
internal sealed class WholeRow<TEntity> : Selection<TEntity>
    where TEntity : class
{
    public static WholeRow<TEntity> Instance { get; } = new();

    public override void WriteShape(ref ShapeWriter shape) => shape.Write(ShapeCodes.Whole);

    public override void WriteSql(SqlWriter sql, QueryFacts facts) => sql.Write(facts.Columns);

    public override RestSelect ToRest(RestColumns columns) => new(columns.Select, columns.Shape);
}

/// <summary>A constant text, such as <c>count(*)</c>.</summary>
internal sealed class FixedSelection<TEntity>(string text) : Selection<TEntity>
    where TEntity : class
{
    public override void WriteShape(ref ShapeWriter shape) => shape.Write(ShapeCodes.Count, text);

    public override void WriteSql(SqlWriter sql, QueryFacts facts) => sql.Write(text);

    public override RestSelect ToRest(RestColumns columns) => new(columns.KeySelect, columns.KeyShape);
}

/// <summary>Some columns, or what is computed from them.</summary>
internal sealed class OperandSelection<TEntity>(IReadOnlyList<Operand<TEntity>> operands) : Selection<TEntity>
    where TEntity : class
{
    public IReadOnlyList<Operand<TEntity>> Operands => operands;

    /// <summary>Whether one row is computed from all.</summary>
    public bool IsAggregate => operands.Any(static operand => operand.IsAggregate);

    public override void WriteShape(ref ShapeWriter shape)
    {
        shape.Write(ShapeCodes.Operands, operands.Count);
        foreach (var operand in operands)
        {
            operand.WriteShape(ref shape);
        }
    }

    public override void WriteSql(SqlWriter sql, QueryFacts facts)
    {
        for (var i = 0; i < operands.Count; i++)
        {
            operands[i].WriteSelectSql(sql.Write(i == 0 ? "" : ", "));
        }
    }

    public override void Bind(ParameterWriter parameters)
    {
        foreach (var operand in operands)
        {
            operand.Bind(parameters);
        }
    }

    public override RestSelect ToRest(RestColumns columns)
        => new(
            string.Join(',', operands.Select(static (operand, index) => NameOf(index) + ":" + operand.RestSelect)),
            new RowShape([.. operands.Select(static (operand, index) => operand.RestMember(NameOf(index)))]));

    // Names of their own, since the same column may be selected twice.
    private static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"c{index}");
}

/// <summary>One column, called <c>v</c> for a select around it.</summary>
internal sealed class NamedSelection<TEntity>(Operand<TEntity> operand) : Selection<TEntity>
    where TEntity : class
{
    public override void WriteShape(ref ShapeWriter shape)
    {
        shape.Write(ShapeCodes.Named);
        operand.WriteShape(ref shape);
    }

    public override void WriteSql(SqlWriter sql, QueryFacts facts)
    {
        operand.WriteSql(sql);
        sql.Write(" as v");
    }

    public override void Bind(ParameterWriter parameters) => operand.Bind(parameters);

    public override RestSelect ToRest(RestColumns columns) => throw RestUnsupported.Of("An aggregate of limited rows cannot be computed");
}
