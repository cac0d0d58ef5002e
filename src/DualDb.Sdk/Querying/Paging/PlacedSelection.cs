using System.Globalization;
using DualDb.Mapping.Wire;
using DualDb.Mapping;
using DualDb.Rest;

namespace DualDb.Querying;

/// <summary>What a query selects, and after it the values of its order.</summary>
/// <param name="selected">What is selected; null for the whole row.</param>
/// <param name="places">The parts of the order.</param>
internal sealed class PlacedSelection<TEntity>(IReadOnlyList<Operand<TEntity>>? selected, IReadOnlyList<Operand<TEntity>> places) : Selection<TEntity>
    where TEntity : class
{
    private readonly Selection<TEntity> _selected = selected is null ? WholeRow<TEntity>.Instance : new OperandSelection<TEntity>(selected);
    private readonly OperandSelection<TEntity> _places = new(places);

    public override void WriteShape(ref ShapeWriter shape)
    {
        shape.Write(ShapeCodes.Place);
        _selected.WriteShape(ref shape);
        _places.WriteShape(ref shape);
    }

    public override void WriteSql(SqlWriter sql, QueryFacts facts)
    {
        _selected.WriteSql(sql, facts);
        _places.WriteSql(sql.Write(", "), facts);
    }

    public override void Bind(ParameterWriter parameters)
    {
        _selected.Bind(parameters);
        _places.Bind(parameters);
    }

    public override RestSelect ToRest(RestColumns columns)
    {
        var before = _selected.ToRest(columns);
        var placed = places.Select(static (place, index) => (Name: string.Create(CultureInfo.InvariantCulture, $"place{index}"), place.RestSelect, place)).ToArray();
        return new RestSelect(
            before.Select + string.Concat(placed.Select(static place => $",{place.Name}:{place.RestSelect}")),
            new RowShape([.. before.Shape.Members, .. placed.Select(static place => place.place.RestMember(place.Name))]));
    }
}
