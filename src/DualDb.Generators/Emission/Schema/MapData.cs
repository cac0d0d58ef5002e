using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes what is synchronised as data.</summary>
internal static class MapData
{
    public static string Of(SyncMapSpec map)
    {
        var columns = new List<string>();
        foreach (var column in map.Columns)
        {
            columns.Add(DataText.Line(("source", column.Source is { } source ? DataText.Of(source) : null), ("target", DataText.Of(column.Target))));
        }

        return DataText.Block(
            ("name", DataText.Of(map.Name)),
            ("source", Table(map.Source)),
            ("target", Table(map.Target)),
            ("twoWay", map.IsTwoWay ? "true" : null),
            ("columns", DataText.Lines(columns)));
    }

    private static string Table(SyncTableSpec table)
        => DataText.Line(("database", DataText.Of(table.Database)), ("schema", DataText.Of(table.Schema)), ("name", DataText.Of(table.Table)));
}
