using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>The C# that writes one column into a payload of the cache, and reads it back.</summary>
internal static class PayloadCode
{
    public const string Writer = "global::DualDb.Caching.PayloadWriter";
    public const string Reader = "global::DualDb.Caching.PayloadReader";

    /// <summary>
    /// The columns in the order in which an instance takes them, which is the order of a payload: it is read while the instance is made. A column
    /// that the constructor and the initializer both take is there twice.
    /// </summary>
    public static List<ColumnSpec> Order(EntitySpec entity)
    {
        var construction = entity.Construction!;
        var order = new List<ColumnSpec>();
        if (construction.NeedsPrivateAccess)
        {
            order.AddRange(entity.Columns);
            return order;
        }

        foreach (var argument in construction.Arguments)
        {
            order.Add(entity.Columns[argument.Ordinal]);
        }

        foreach (var ordinal in construction.Initialized)
        {
            order.Add(entity.Columns[ordinal]);
        }

        return order;
    }

    /// <summary>The statement that writes the member's value, without its semicolon.</summary>
    public static string Write(ColumnSpec column, string value)
    {
        if (!column.IsCollection)
        {
            return WriteScalar(column, value, column.IsNullable);
        }

        var item = column.Scalar.ClrType + (column.ElementIsNullable ? "?" : "");
        var write = WriteScalar(column, "item", column.ElementIsNullable);
        return $"writer.WriteItems{OrNull(column.IsNullable)}({value}, static (ref {Writer} writer, {item} item) => {write})";
    }

    /// <summary>The expression that reads the member's value.</summary>
    /// <param name="column">The column.</param>
    /// <param name="isArgument">Whether it becomes an argument, where a bare <c>null</c> would have no type.</param>
    public static string Read(ColumnSpec column, bool isArgument)
    {
        var value = column.IsCollection ? ColumnCode.Collect(column, ReadItems(column)) : ReadScalar(column);
        return column.IsNullable ? $"reader.IsNull() ? {ColumnCode.Absent(column, isArgument)} : {value}" : value;
    }

    private static string ReadItems(ColumnSpec column)
    {
        var scalar = column.Scalar;
        var absent = scalar.IsValueType ? $"default({scalar.ClrType}?)" : "null";
        var read = column.ElementIsNullable ? $"reader.IsNull() ? {absent} : {ReadScalar(column)}" : ReadScalar(column);
        return $"reader.ReadItems(static (ref {Reader} reader) => {read})";
    }

    private static string WriteScalar(ColumnSpec column, string value, bool isNullable)
    {
        var scalar = column.Scalar;
        var orNull = OrNull(isNullable);
        if (scalar.Kind == ScalarKind.JsonObject)
        {
            return $"writer.WriteJson{orNull}({value}, {column.Member}Json)";
        }

        // Also of an enum that is stored by name: what its names mean is part of the schema's hash.
        return scalar.Enum is null
            ? $"writer.Write{orNull}({value})"
            : $"writer.Write{orNull}(({ScalarEncoding.Keyword(scalar.Kind)}{(isNullable ? "?" : "")}){value})";
    }

    private static string ReadScalar(ColumnSpec column)
    {
        var scalar = column.Scalar;
        var read = scalar.Kind switch
        {
            ScalarKind.JsonObject => $"reader.ReadJson({column.Member}Json)",
            ScalarKind.DateTime when scalar.Storage == StorageKind.TimestampTz => "reader.ReadUtcDateTime()",
            ScalarKind.Range => $"reader.Read{scalar.RangeOf}Range()",
            ScalarKind.ByteArray => "reader.ReadBytes()",
            var kind => $"reader.Read{kind}()",
        };
        return scalar.Enum is null ? read : $"({scalar.ClrType}){read}";
    }

    private static string OrNull(bool isNullable) => isNullable ? "OrNull" : "";
}
