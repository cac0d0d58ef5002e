using System;
using System.Collections.Generic;
using System.Text;
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

    /// <summary>A clause with the select list of an entity.</summary>
    /// <param name="keyword">What begins it: <c>select</c> or <c>returning</c>.</param>
    /// <param name="entity">The entity.</param>
    /// <param name="prefix">The table's alias and a dot, or nothing.</param>
    public static string SelectList(string keyword, EntitySpec entity, string prefix = "")
        => List(keyword + " ", entity.Columns, column => Read(column, prefix));

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
    public static string KeyCondition(EntitySpec entity) => KeyCondition(entity.Columns, entity.Key);

    /// <summary>A condition on the columns of a key, its parameters numbered from 1.</summary>
    public static string KeyCondition(EquatableArray<ColumnSpec> columns, EquatableArray<int> key)
    {
        var conditions = new List<string>();
        foreach (var ordinal in key)
        {
            var column = columns[ordinal];
            conditions.Add(Name(column) + " = " + Parameter(column, conditions.Count + 1));
        }

        return string.Join(" and ", conditions);
    }

    /// <summary>Names of columns in parentheses, on a line of their own where they do not fit behind what begins the clause.</summary>
    public static string Names(string beginning, IEnumerable<ColumnSpec> columns)
    {
        var names = List("(", columns, Name, "     ");
        return beginning + (beginning.Length + names.Length < MaxWidth ? " " : "\n    ") + names + ")";
    }

    /// <summary>A clause of columns with commas between them, broken where a line would grow too long.</summary>
    public static string List(string beginning, IEnumerable<ColumnSpec> columns, Func<ColumnSpec, string> text, string indent = "    ")
    {
        var items = new List<string>();
        foreach (var column in columns)
        {
            items.Add(text(column));
        }

        return List(beginning, items, indent);
    }

    /// <summary>A clause of items with commas between them, broken where a line would grow too long.</summary>
    public static string List(string beginning, IReadOnlyList<string> items, string indent = "    ")
    {
        var text = new StringBuilder(beginning);
        var width = beginning.Length;
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0 && width + items[i].Length + 2 > MaxWidth)
            {
                text.Append(",\n").Append(indent);
                width = indent.Length;
            }
            else if (i > 0)
            {
                text.Append(", ");
                width += 2;
            }

            text.Append(items[i]);
            width += items[i].Length;
        }

        return text.ToString();
    }
}
