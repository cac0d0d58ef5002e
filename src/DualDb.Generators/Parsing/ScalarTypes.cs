using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>Which .NET types can be held in one column.</summary>
internal static class ScalarTypes
{
    /// <summary>The kind of a type that is neither nullable nor an enum; null where it is not supported.</summary>
    public static ScalarKind? KindOf(ITypeSymbol type)
        => OfSpecialType(type.SpecialType)
            ?? (type is IArrayTypeSymbol { IsSZArray: true, ElementType.SpecialType: SpecialType.System_Byte } ? ScalarKind.ByteArray : (ScalarKind?)null)
            ?? OfNamedType(type);

    /// <summary>The bounds' kind of an <c>NpgsqlRange&lt;T&gt;</c>; null for other types and unsupported bounds.</summary>
    public static ScalarKind? RangeOf(ITypeSymbol type)
        => type is INamedTypeSymbol { TypeArguments.Length: 1 } named
            && TypeNames.Is(type, "NpgsqlTypes", "NpgsqlRange")
            && KindOf(named.TypeArguments[0]) is { } bound
            && RangeStorage(bound) is not null
                ? bound
                : null;

    /// <summary>The form in which a kind travels unless the user asks for another.</summary>
    public static StorageKind DefaultStorage(ScalarKind kind, ScalarKind? rangeOf) => kind switch
    {
        ScalarKind.Boolean => StorageKind.Boolean,
        ScalarKind.Byte or ScalarKind.SByte or ScalarKind.Int16 => StorageKind.Smallint,
        ScalarKind.UInt16 or ScalarKind.Int32 => StorageKind.Integer,
        ScalarKind.UInt32 or ScalarKind.Int64 => StorageKind.Bigint,
        ScalarKind.UInt64 or ScalarKind.Decimal or ScalarKind.BigInteger => StorageKind.Numeric,
        ScalarKind.Single => StorageKind.Real,
        ScalarKind.Double => StorageKind.Double,
        ScalarKind.Char or ScalarKind.String => StorageKind.Text,
        ScalarKind.Guid => StorageKind.Uuid,
        ScalarKind.ByteArray => StorageKind.Bytea,
        ScalarKind.DateTime or ScalarKind.DateTimeOffset => StorageKind.TimestampTz,
        ScalarKind.DateOnly => StorageKind.Date,
        ScalarKind.TimeOnly => StorageKind.Time,
        ScalarKind.TimeSpan => StorageKind.Interval,
        ScalarKind.IPAddress => StorageKind.Inet,
        ScalarKind.IPNetwork => StorageKind.Cidr,
        ScalarKind.Range => RangeStorage(rangeOf!.Value)!.Value,
        _ => StorageKind.Jsonb,
    };

    /// <summary>Whether a kind can travel in that form without a cast by the server.</summary>
    public static bool CanTravelAs(ScalarKind kind, ScalarKind? rangeOf, StorageKind storage) => kind switch
    {
        ScalarKind.Byte or ScalarKind.SByte or ScalarKind.Int16 or ScalarKind.UInt16 or ScalarKind.Int32 or ScalarKind.UInt32
            or ScalarKind.Int64 or ScalarKind.UInt64 => storage is StorageKind.Smallint or StorageKind.Integer or StorageKind.Bigint or StorageKind.Numeric,
        ScalarKind.Single or ScalarKind.Double => storage is StorageKind.Real or StorageKind.Double,
        ScalarKind.Char => IsText(storage),
        ScalarKind.String => IsText(storage) || IsJson(storage),
        ScalarKind.JsonDocument or ScalarKind.JsonElement or ScalarKind.JsonObject => IsJson(storage),
        ScalarKind.DateTime => storage is StorageKind.TimestampTz or StorageKind.Timestamp or StorageKind.Date,
        ScalarKind.Range when rangeOf == ScalarKind.DateTime => storage is StorageKind.TimestampTzRange or StorageKind.TimestampRange,
        _ => storage == DefaultStorage(kind, rangeOf),
    };

    public static bool IsText(StorageKind storage) => storage is StorageKind.Text or StorageKind.Varchar or StorageKind.Char;

    public static bool IsJson(StorageKind storage) => storage is StorageKind.Json or StorageKind.Jsonb;

    private static StorageKind? RangeStorage(ScalarKind bound) => bound switch
    {
        ScalarKind.Int32 => StorageKind.IntegerRange,
        ScalarKind.Int64 => StorageKind.BigintRange,
        ScalarKind.Decimal => StorageKind.NumericRange,
        ScalarKind.DateTime or ScalarKind.DateTimeOffset => StorageKind.TimestampTzRange,
        ScalarKind.DateOnly => StorageKind.DateRange,
        _ => null,
    };

    private static ScalarKind? OfSpecialType(SpecialType type) => type switch
    {
        SpecialType.System_Boolean => ScalarKind.Boolean,
        SpecialType.System_Byte => ScalarKind.Byte,
        SpecialType.System_SByte => ScalarKind.SByte,
        SpecialType.System_Int16 => ScalarKind.Int16,
        SpecialType.System_UInt16 => ScalarKind.UInt16,
        SpecialType.System_Int32 => ScalarKind.Int32,
        SpecialType.System_UInt32 => ScalarKind.UInt32,
        SpecialType.System_Int64 => ScalarKind.Int64,
        SpecialType.System_UInt64 => ScalarKind.UInt64,
        SpecialType.System_Single => ScalarKind.Single,
        SpecialType.System_Double => ScalarKind.Double,
        SpecialType.System_Decimal => ScalarKind.Decimal,
        SpecialType.System_Char => ScalarKind.Char,
        SpecialType.System_String => ScalarKind.String,
        SpecialType.System_DateTime => ScalarKind.DateTime,
        _ => null,
    };

    private static ScalarKind? OfNamedType(ITypeSymbol type) => type.Name switch
    {
        "Guid" when TypeNames.Is(type, "System", "Guid") => ScalarKind.Guid,
        "DateTimeOffset" when TypeNames.Is(type, "System", "DateTimeOffset") => ScalarKind.DateTimeOffset,
        "DateOnly" when TypeNames.Is(type, "System", "DateOnly") => ScalarKind.DateOnly,
        "TimeOnly" when TypeNames.Is(type, "System", "TimeOnly") => ScalarKind.TimeOnly,
        "TimeSpan" when TypeNames.Is(type, "System", "TimeSpan") => ScalarKind.TimeSpan,
        "BigInteger" when TypeNames.Is(type, "System.Numerics", "BigInteger") => ScalarKind.BigInteger,
        "IPAddress" when TypeNames.Is(type, "System.Net", "IPAddress") => ScalarKind.IPAddress,
        "IPNetwork" when TypeNames.Is(type, "System.Net", "IPNetwork") => ScalarKind.IPNetwork,
        "JsonDocument" when TypeNames.Is(type, "System.Text.Json", "JsonDocument") => ScalarKind.JsonDocument,
        "JsonElement" when TypeNames.Is(type, "System.Text.Json", "JsonElement") => ScalarKind.JsonElement,
        _ => null,
    };
}
