using System.Collections.Generic;
using DualDb.Generators.Model;
using DualDb.Generators.Parsing;

namespace DualDb.Generators.Emission.Sql;

/// <summary>The rows of a bulk write: one array parameter per column, put side by side by <c>unnest</c>.</summary>
internal sealed class RowSource(EntitySpec entity)
{
    private readonly List<string> _parameters = [];
    private readonly List<string> _names = [];
    private readonly HashSet<string> _used = new(System.StringComparer.Ordinal);
    private int _number;

    public bool IsEmpty => _number == 0;

    /// <summary>The <c>from</c> and <c>order by</c> of the rows.</summary>
    public string From
    {
        get
        {
            var n = Free("n");
            return $"""
                {ColumnSql.List("from unnest(", _parameters)})
                {ColumnSql.List("    with ordinality as r(", [.. _names, n], "        ")})
                order by r.{n}
                """;
        }
    }

    /// <summary>Adds a column, and returns the expression of its value.</summary>
    public string Add(ColumnSpec column)
    {
        if (!column.IsCollection)
        {
            _parameters.Add(ColumnSql.ArrayParameter(column, ++_number));
            return "r." + Name(column.Name);
        }

        // unnest flattens arrays of arrays. The elements of all rows travel in one array, and each row takes its slice.
        var elements = ColumnSql.ArrayParameter(column, ++_number);
        _parameters.Add("$" + Identifier.Number(++_number) + "::integer[]");
        var from = Name(Free(column.Name + "_from"));
        _parameters.Add("$" + Identifier.Number(++_number) + "::integer[]");
        var to = Name(Free(column.Name + "_to"));
        return $"({elements})[r.{from}:r.{to}]";
    }

    private string Name(string name)
    {
        _used.Add(name);
        _names.Add(PostgresIdentifier.Quote(name));
        return _names[_names.Count - 1];
    }

    private string Free(string name)
    {
        name = SelectSql.Free(entity, name);
        while (_used.Contains(name))
        {
            name = SelectSql.Free(entity, name + "_");
        }

        return name;
    }
}
