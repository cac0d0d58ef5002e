using System;
using System.Collections.Generic;
using DualDb.Generators.Model;
using DualDb.Generators.Parsing;

namespace DualDb.Generators.Emission.Sql;

/// <summary>Columns as they appear in statements.</summary>
internal static class ColumnSql
{
    /// <summary>Longer lists are broken over several lines.</summary>
    private const int MaxWidth = 110;

    /// <summary>The column's name.</summary>
    public static string Name(ColumnSpec column) => PostgresIdentifier.Quote(column.Name);

    /// <summary>The column in a select list; one whose type Npgsql need not know is read through one that it knows.</summary>
    public static string Read(ColumnSpec column, string prefix)
        => prefix + Name(column) + (column.Scalar.CastType is null ? "" : "::" + PostgresTypes.Name(column.Scalar.Storage) + (column.IsCollection ? "[]" : ""));

    /// <summary>A parameter that holds a value of the column.</summary>
    /// <remarks>The cast leaves out <c>(n)</c>: an explicit cast to <c>varchar(n)</c> cuts text off without an error.</remarks>
    public static string Parameter(ColumnSpec column, int number)
        => "$" + Identifier.Number(number) + (column.Scalar.CastType is { } type ? "::" + type + (column.IsCollection ? "[]" : "") : "");

    /// <summary>A parameter that holds an array with one value (or one element) of the column per row.</summary>
    public static string ArrayParameter(ColumnSpec column, int number)
        => "$" + Identifier.Number(number) + "::" + (column.Scalar.CastType ?? PostgresTypes.Name(column.Scalar.Storage)) + "[]";

    /// <summary>The select list of an entity.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="indent">The indent of lines after the first.</param>
    /// <param name="prefix">The table's alias and a dot, or nothing.</param>
    public static string SelectList(EntitySpec entity, string indent, string prefix = "")
        => List(entity.Columns, indent, column => Read(column, prefix));

    /// <summary>The order of the key.</summary>
    public static string KeyOrder(EntitySpec entity)
    {
        var names = new List<string>();
        foreach (var ordinal in entity.Key)
        {
            names.Add(Name(entity.Columns[ordinal]));
        }

        return string.Join(", ", names);
    }

    /// <summary>A condition on the key, its parameters numbered from 1.</summary>
    public static string KeyCondition(EntitySpec entity)
    {
        var conditions = new List<string>();
        foreach (var ordinal in entity.Key)
        {
            var column = entity.Columns[ordinal];
            conditions.Add(Name(column) + " = " + Parameter(column, conditions.Count + 1));
        }

        return string.Join(" and ", conditions);
    }

    /// <summary>Columns with commas between them, broken where a line would grow too long.</summary>
    public static string List(IEnumerable<ColumnSpec> columns, string indent, Func<ColumnSpec, string> text)
    {
        var items = new List<string>();
        foreach (var column in columns)
        {
            items.Add(text(column));
        }

        return List(items, indent);
    }

    /// <summary>Items with commas between them, broken where a line would grow too long.</summary>
    public static string List(IReadOnlyList<string> items, string indent)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var item in items)
        {
            if (line.Length > 0 && line.Length + item.Length + 2 > MaxWidth)
            {
                lines.Add(line + ",");
                line = "";
            }

            line += line.Length == 0 ? item : ", " + item;
        }

        lines.Add(line);
        return string.Join("\n" + indent, lines);
    }
}
