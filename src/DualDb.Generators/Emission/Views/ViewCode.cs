using System.Collections.Generic;
using DualDb.Generators.Emission.Sql;
using DualDb.Generators.Model;
using DualDb.Generators.Parsing;

namespace DualDb.Generators.Emission;

/// <summary>Keys and references as views spell them.</summary>
internal static class ViewCode
{
    /// <summary>The type of an entity's key.</summary>
    public static string KeyType(ViewEntitySpec entity) => KeyCode.Tuple([.. entity.Key]);

    /// <summary>The condition of the rows behind a key.</summary>
    public static string After(ViewEntitySpec entity)
    {
        var names = new List<string>();
        var parameters = new List<string>();
        foreach (var column in entity.Key)
        {
            names.Add(ColumnSql.Name(column));
            parameters.Add(ColumnSql.Parameter(column, parameters.Count + 1));
        }

        return names.Count == 1 ? $"{names[0]} > {parameters[0]}" : $"({string.Join(", ", names)}) > ({string.Join(", ", parameters)})";
    }

    /// <summary>The value of a reference in a row.</summary>
    public static string Get(ViewReferenceSpec reference, string row)
        => reference.Column.GetterIsPrivate
            ? $"{reference.Owner}.{AccessEmitter.TypeName}.Get{reference.Column.Member}({row})"
            : $"{row}.{Identifier.Escape(reference.Column.Member)}";

    /// <summary>The value of a reference in a row that has one.</summary>
    public static string GetGiven(ViewReferenceSpec reference, string row)
        => Get(reference, row) + (!reference.Column.IsNullable ? "" : reference.Column.IsValueType ? "!.Value" : "!");

    /// <summary>The type of a column without a length.</summary>
    public static string SqlType(ColumnSpec column) => column.Scalar.CastType ?? PostgresTypes.Name(column.Scalar.Storage);

    /// <summary>The order of the rows of one parent, that of the key last.</summary>
    public static string Order(ViewRowsSpec rows)
    {
        var parts = new List<string>();
        foreach (var order in rows.Order)
        {
            parts.Add(Identifier.Literal(PostgresIdentifier.Quote(order.Column) + (order.IsDescending ? " desc" : "")));
        }

        foreach (var column in rows.Entity.Key)
        {
            parts.Add(Identifier.Literal(ColumnSql.Name(column)));
        }

        return "[" + string.Join(", ", parts) + "]";
    }
}
