using System.Text;
using DualDb.Mapping;
using DualDb.Rest;

namespace DualDb.Querying;

/// <summary>How a list in a column is compared with another.</summary>
internal enum ArrayOperator
{
    Contains,
    Overlaps,
}

/// <summary>A list in a column against values. NULL elements are found in no list, as PostgreSQL's operators have it.</summary>
internal sealed class ArrayPredicate<TEntity, TList, TItem>(
    Operand<TEntity, TList> operand, ArrayOperator comparison, IReadOnlyList<TItem> values, int member) : Filter<TEntity>(member)
    where TEntity : class
{
    private readonly IItemsCodec<TItem> _items = ItemsOf(operand);

    // NULL is in no list: where all values must be there the answer is no, and where one will do it does not count.
    private readonly List<TItem> _given = [.. values.Where(static value => value is not null)];

    private bool IsImpossible => comparison == ArrayOperator.Contains && _given.Count < values.Count;

    internal override bool? Decide(TEntity row)
    {
        if (operand.Evaluate(row) is not { } list)
        {
            return null;
        }

        var items = _items.ItemsOf(list);
        bool Has(TItem value) => items.Any(item => item is not null && _items.Item.AreEqual(item, value));
        return comparison == ArrayOperator.Contains ? !IsImpossible && _given.TrueForAll(Has) : _given.Exists(Has);
    }

    internal override void WriteShape(ref ShapeWriter shape)
    {
        shape.Write(ShapeCodes.Array, (int)comparison + (IsImpossible ? 2 : 0));
        operand.WriteShape(ref shape);
    }

    internal override void WriteSql(SqlWriter sql)
    {
        operand.WriteSql(sql);
        if (IsImpossible)
        {
            // False, but unknown where the list is NULL.
            sql.Write(" is null and null::boolean");
            return;
        }

        sql.Write(comparison == ArrayOperator.Contains ? " @> " : " && ").Parameter(_items.Item.ComparisonCast is { } cast ? cast + "[]" : null);
    }

    internal override void Bind(ParameterWriter parameters)
    {
        operand.Bind(parameters);
        if (!IsImpossible)
        {
            parameters.AddMany(_items.Item, _given);
        }
    }

    private static IItemsCodec<TItem> ItemsOf(Operand<TEntity, TList> operand)
        => operand.Codec as IItemsCodec<TItem>
            ?? throw new NotSupportedException($"{operand.Name} is not a list of {typeof(TItem).Name}.");

    internal override void WriteRest(RestFilter rest)
    {
        if (IsImpossible || _given.Count == 0)
        {
            // Nothing is less than a list without elements, and only NULL is neither that nor more.
            rest.Compare(operand.RestPath, IsImpossible || comparison == ArrayOperator.Overlaps ? "lt" : "gte", "{}");
            return;
        }

        var literal = new StringBuilder("{").AppendJoin(',', RestColumnText.TextsOf(_items.Item, _given).Select(RestNames.Text)).Append('}');
        rest.Compare(operand.RestPath, comparison == ArrayOperator.Contains ? "cs" : "ov", literal.ToString());
    }
}
