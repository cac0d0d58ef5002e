using System;
using DualDb.Generators.Model;
using DualDb.Generators.Parsing;

namespace DualDb.Generators.Emission;

/// <summary>The C# that reads and writes one column: its value, its nullness, its elements.</summary>
internal static class ColumnCode
{
    private const string Runtime = "global::DualDb.Mapping.ColumnValue.";

    /// <summary>Whether the member's value travels as it is, unchecked.</summary>
    public static bool IsIdentity(ColumnSpec column)
        => !column.IsCollection && ScalarEncoding.IsIdentity(column.Scalar) && !IsStamped(column);

    /// <summary>The method that turns the member's value into what travels; only where that takes more than the value.</summary>
    public static string EncoderName(ColumnSpec column) => "Encode" + column.Member;

    /// <summary>The expression of what travels for a value of the member.</summary>
    /// <param name="column">The column.</param>
    /// <param name="value">The value's expression.</param>
    /// <param name="map">The map and a dot, for code outside of it.</param>
    public static string Encode(ColumnSpec column, string value, string map = "")
        => IsIdentity(column) ? value : $"{map}{EncoderName(column)}({value})";

    /// <summary>The delegate that turns one of many values into what travels.</summary>
    public static string EncodeEach(ColumnSpec column, string parameter, string value, string map = "")
        => !IsIdentity(column) && value == parameter ? map + EncoderName(column) : $"static {parameter} => {Encode(column, value, map)}";

    /// <summary>The member's value.</summary>
    public static string Get(EntitySpec entity, ColumnSpec column, string instance)
        => column.GetterIsPrivate
            ? $"{entity.Type.FullName}.{AccessEmitter.TypeName}.Get{column.Member}({instance})"
            : $"{instance}.{Identifier.Escape(column.Member)}";

    /// <summary>The type of what travels.</summary>
    public static string WireType(ColumnSpec column)
        => WireTypes.Of(column.Scalar)
            + (column.IsCollection ? (column.ElementIsNullable ? "?" : "") + "[]" : "")
            + (column.IsNullable || IsStamped(column) ? "?" : "");

    /// <summary>The body of the encoder, for a parameter called <c>value</c>.</summary>
    public static string EncoderBody(ColumnSpec column)
    {
        if (column.IsNullable)
        {
            return $"value is {{ }} given ? {EncodeGiven(column, "given")} : null";
        }

        return IsStamped(column) ? $"value == default ? null : {EncodeGiven(column, "value")}" : EncodeGiven(column, "value");
    }

    /// <summary>The expression that reads the member's value from the row.</summary>
    /// <param name="column">The column.</param>
    /// <param name="isArgument">Whether it becomes an argument, where a bare <c>null</c> would have no type.</param>
    public static string Read(ColumnSpec column, bool isArgument)
    {
        var value = ReadGiven(column);
        if (!column.IsNullable)
        {
            return value;
        }

        return $"row.IsDBNull({Identifier.Number(column.Ordinal)}) ? {Absent(column, isArgument)} : {value}";
    }

    /// <summary>The expression of a missing value.</summary>
    /// <param name="column">The column.</param>
    /// <param name="isArgument">Whether it becomes an argument, where a bare <c>null</c> would have no type.</param>
    public static string Absent(ColumnSpec column, bool isArgument) => column.IsValueType && isArgument ? $"default({column.MemberType})" : "null";

    /// <summary>The expression that reads a value that is not NULL.</summary>
    public static string ReadGiven(ColumnSpec column)
    {
        if (!column.IsCollection)
        {
            return ScalarDecoding.Read(column);
        }

        return Collect(column, ReadItems(column));
    }

    // A time that the database sets unless the entity brings one: the default value means that it does not.
    private static bool IsStamped(ColumnSpec column) => column is { Role: ColumnRole.CreatedAt or ColumnRole.UpdatedAt, IsNullable: false };

    /// <summary>The expression of what travels for a value that is not null.</summary>
    public static string EncodeGiven(ColumnSpec column, string value)
    {
        if (!column.IsCollection)
        {
            return ScalarEncoding.Encode(column, value);
        }

        var name = Identifier.Literal(column.Name);
        if (ScalarEncoding.IsIdentity(column.Scalar) || (column.ElementIsNullable && IsUnchecked(column.Scalar)))
        {
            return $"{Runtime}Items({value}, {name})";
        }

        var absent = WireTypes.IsValueType(column.Scalar) ? $"default({WireTypes.Of(column.Scalar)}?)" : "null";
        var convert = column.ElementIsNullable
            ? $"static item => item is {{ }} element ? {ScalarEncoding.Encode(column, "element")} : {absent}"
            : $"static item => {ScalarEncoding.Encode(column, "item")}";
        return $"{Runtime}Items({value}, {name}, {convert})";
    }

    // The elements are checked for nothing but null, which may be there.
    private static bool IsUnchecked(ScalarSpec scalar) => scalar.Kind is ScalarKind.ByteArray or ScalarKind.IPAddress;

    private static string ReadItems(ColumnSpec column)
    {
        var ordinal = Identifier.Number(column.Ordinal);
        return DecodeItems(column, type => $"row.GetFieldValue<{type}>({ordinal})");
    }

    /// <summary>The expression that makes the elements from the array that travelled.</summary>
    /// <param name="column">The column.</param>
    /// <param name="wire">The expression of the array, given its type.</param>
    public static string DecodeItems(ColumnSpec column, Func<string, string> wire)
    {
        var scalar = column.Scalar;
        var isJson = scalar.Kind is ScalarKind.JsonDocument or ScalarKind.JsonElement;
        var element = isJson ? scalar.ClrType : WireTypes.Of(scalar);
        var isValueType = isJson ? scalar.IsValueType : WireTypes.IsValueType(scalar);

        // Npgsql refuses NULL among ints by itself, but hands on NULL among strings.
        var items = !column.ElementIsNullable && !isValueType
            ? $"{Runtime}ReadNotNullItems({wire(element + "?[]")}, {Identifier.Literal(column.Name)})"
            : wire(element + (column.ElementIsNullable ? "?" : "") + "[]");
        if (isJson || ScalarDecoding.IsIdentity(column))
        {
            return items;
        }

        var absent = scalar.IsValueType ? $"default({scalar.ClrType}?)" : "null";
        var convert = column.ElementIsNullable
            ? $"static item => item is {{ }} element ? {ScalarDecoding.Decode(column, "element")} : {absent}"
            : $"static item => {ScalarDecoding.Decode(column, "item")}";
        return $"{Runtime}ReadItems({items}, {convert})";
    }

    /// <summary>The collection of the member's type around elements.</summary>
    public static string Collect(ColumnSpec column, string items) => column.Collection switch
    {
        CollectionKind.List => $"new {column.NotNullType}({items})",
        CollectionKind.ImmutableArray => $"global::System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray({items})",
        _ => items,
    };
}
