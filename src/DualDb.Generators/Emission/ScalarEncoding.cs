using DualDb.Generators.Model;
using DualDb.Generators.Parsing;

namespace DualDb.Generators.Emission;

/// <summary>How one value becomes what travels.</summary>
internal static class ScalarEncoding
{
    private const string Runtime = "global::DualDb.Mapping.ColumnValue.";

    /// <summary>Whether a value travels as it is, and its type alone says that it fits.</summary>
    public static bool IsIdentity(ScalarSpec scalar)
        => scalar is { Enum: null, Precision: null }
            && scalar.IsValueType
            && scalar.Kind is not (ScalarKind.DateTime or ScalarKind.DateTimeOffset or ScalarKind.JsonElement)
            && !(scalar.Kind == ScalarKind.Range && HasTimes(scalar))
            && WireTypes.Of(scalar) == scalar.ClrType;

    /// <summary>The expression that turns a value, which is not null unless its type cannot say so, into what travels.</summary>
    /// <param name="column">The column.</param>
    /// <param name="value">The value's expression.</param>
    public static string Encode(ColumnSpec column, string value)
    {
        var scalar = column.Scalar;
        var name = Identifier.Literal(column.Name);
        if (scalar.Enum is { AsText: true })
        {
            return Limited(scalar, $"{column.Member}ToText({value})", name);
        }

        return scalar.Kind switch
        {
            ScalarKind.String when ScalarTypes.IsJson(scalar.Storage) => $"{Runtime}Json({value}, {name})",
            ScalarKind.String => Text(scalar, value, name),
            ScalarKind.Char => $"{Runtime}Character({value}, {name})",
            ScalarKind.JsonObject => $"{Runtime}Json({value}, {column.Member}Json, {name})",
            ScalarKind.JsonDocument or ScalarKind.JsonElement => $"{Runtime}Json({value}, {name})",
            ScalarKind.DateTime => $"{Runtime}{TimeCheck(scalar)}({value}, {name})",
            ScalarKind.DateTimeOffset => $"{Runtime}Utc({value})",
            ScalarKind.Range when scalar.RangeOf == ScalarKind.DateTime => $"{Runtime}{TimeCheck(scalar)}({value}, {name})",
            ScalarKind.Range when scalar.RangeOf == ScalarKind.DateTimeOffset => $"{Runtime}Utc({value})",
            ScalarKind.Double when scalar.Storage == StorageKind.Real => $"{Runtime}Real({value}, {name})",
            ScalarKind.Single when scalar.Storage == StorageKind.Double => $"(double){value}",
            _ when IsInteger(scalar.Kind) => Integer(scalar, value, name),
            ScalarKind.Decimal or ScalarKind.BigInteger => Numeric(scalar, value, name),
            _ => scalar.IsValueType ? value : $"{Runtime}NotNull({value}, {name})",
        };
    }

    private static bool HasTimes(ScalarSpec scalar) => scalar.RangeOf is ScalarKind.DateTime or ScalarKind.DateTimeOffset;

    private static string Text(ScalarSpec scalar, string value, string name)
        => scalar.MaxLength is { } limit ? $"{Runtime}Text({value}, {name}, {Identifier.Number(limit)})" : $"{Runtime}Text({value}, {name})";

    // A name of an enum needs no other check than the limit.
    private static string Limited(ScalarSpec scalar, string value, string name) => scalar.MaxLength is null ? value : Text(scalar, value, name);

    private static string TimeCheck(ScalarSpec scalar) => scalar.Storage switch
    {
        StorageKind.Date => "Day",
        StorageKind.Timestamp or StorageKind.TimestampRange => "Unzoned",
        _ => "Utc",
    };

    private static string Numeric(ScalarSpec scalar, string value, string name)
        => scalar.Precision is { } precision
            ? $"{Runtime}Numeric({value}, {name}, {Identifier.Number(precision)}, {Identifier.Number(scalar.Scale)})"
            : value;

    private static string Integer(ScalarSpec scalar, string value, string name)
    {
        var number = scalar.Enum is null ? value : $"({Keyword(scalar.Kind)}){value}";
        return scalar.Storage switch
        {
            StorageKind.Smallint when Bits(scalar.Kind) > 16 => $"{Runtime}Smallint({number}, {name})",
            StorageKind.Integer when Bits(scalar.Kind) > 32 => $"{Runtime}Integer({number}, {name})",
            StorageKind.Bigint when Bits(scalar.Kind) > 64 => $"{Runtime}Bigint({number}, {name})",
            StorageKind.Numeric when scalar.Precision is not null => $"{Runtime}Numeric((decimal){Parenthesise(scalar, number)}, {name}, {Identifier.Number(scalar.Precision.Value)}, {Identifier.Number(scalar.Scale)})",
            _ => scalar.Enum is null && Keyword(scalar.Kind) == WireTypes.Of(scalar) ? number : $"({WireTypes.Of(scalar)}){value}",
        };
    }

    private static string Parenthesise(ScalarSpec scalar, string number) => scalar.Enum is null ? number : "(" + number + ")";

    /// <summary>The bits of the narrowest signed type that holds every value.</summary>
    public static int Bits(ScalarKind kind) => kind switch
    {
        ScalarKind.Byte or ScalarKind.SByte or ScalarKind.Int16 => 16,
        ScalarKind.UInt16 or ScalarKind.Int32 => 32,
        ScalarKind.UInt32 or ScalarKind.Int64 => 64,
        _ => 128,
    };

    public static bool IsInteger(ScalarKind kind) => kind is ScalarKind.Byte or ScalarKind.SByte or ScalarKind.Int16 or ScalarKind.UInt16
        or ScalarKind.Int32 or ScalarKind.UInt32 or ScalarKind.Int64 or ScalarKind.UInt64;

    /// <summary>The C# keyword of an integer type.</summary>
    public static string Keyword(ScalarKind kind) => kind switch
    {
        ScalarKind.Byte => "byte",
        ScalarKind.SByte => "sbyte",
        ScalarKind.Int16 => "short",
        ScalarKind.UInt16 => "ushort",
        ScalarKind.Int32 => "int",
        ScalarKind.UInt32 => "uint",
        ScalarKind.Int64 => "long",
        _ => "ulong",
    };
}
