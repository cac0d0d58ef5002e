using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>The key as C#: one value, or a tuple for a composite key.</summary>
internal static class KeyCode
{
    /// <summary>The type of the key; <c>object</c> where a skeleton knows none.</summary>
    public static string Type(EntitySpec entity) => entity.Key.Count == 0 ? "object" : Tuple(Columns(entity));

    /// <summary>One part of a key.</summary>
    public static string Part(EntitySpec entity, int index, string key) => TuplePart(Columns(entity), index, key);

    /// <summary>The key of an instance.</summary>
    public static string Of(EntitySpec entity, string instance)
    {
        var parts = new List<string>();
        foreach (var column in Columns(entity))
        {
            parts.Add(ColumnCode.Get(entity, column, instance));
        }

        return parts.Count == 1 ? parts[0] : "(" + string.Join(", ", parts) + ")";
    }

    /// <summary>The columns of the key, in its order.</summary>
    public static List<ColumnSpec> Columns(EntitySpec entity) => Columns(entity, entity.Key);

    /// <summary>Columns by their ordinals.</summary>
    public static List<ColumnSpec> Columns(EntitySpec entity, EquatableArray<int> ordinals)
    {
        var columns = new List<ColumnSpec>();
        foreach (var ordinal in ordinals)
        {
            columns.Add(entity.Columns[ordinal]);
        }

        return columns;
    }

    /// <summary>The type of one value, or the tuple of several, elements named like the members.</summary>
    public static string Tuple(List<ColumnSpec> columns)
    {
        if (columns.Count == 1)
        {
            return columns[0].NotNullType;
        }

        var elements = new List<string>();
        foreach (var column in columns)
        {
            elements.Add(column.NotNullType + (Identifier.TupleElement(column.Member) is { } name ? " " + name : ""));
        }

        return "(" + string.Join(", ", elements) + ")";
    }

    /// <summary>One element of that tuple; the value itself where there is one.</summary>
    public static string TuplePart(List<ColumnSpec> columns, int index, string value)
        => columns.Count == 1 ? value
            : value + "." + (Identifier.TupleElement(columns[index].Member) ?? "Item" + Identifier.Number(index + 1));
}
