using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>Which types are one token of JSON.</summary>
internal static class JsonScalars
{
    /// <summary>The scalar of a type that is neither nullable nor an enum; <see cref="JsonScalar.None"/> for other types.</summary>
    public static JsonScalar Of(ITypeSymbol type) => ScalarTypes.KindOf(type) switch
    {
        ScalarKind.Boolean => JsonScalar.Boolean,
        ScalarKind.SByte => JsonScalar.SByte,
        ScalarKind.Byte => JsonScalar.Byte,
        ScalarKind.Int16 => JsonScalar.Int16,
        ScalarKind.UInt16 => JsonScalar.UInt16,
        ScalarKind.Int32 => JsonScalar.Int32,
        ScalarKind.UInt32 => JsonScalar.UInt32,
        ScalarKind.Int64 => JsonScalar.Int64,
        ScalarKind.UInt64 => JsonScalar.UInt64,
        ScalarKind.Single => JsonScalar.Single,
        ScalarKind.Double => JsonScalar.Double,
        ScalarKind.Decimal => JsonScalar.Decimal,
        ScalarKind.BigInteger => JsonScalar.BigInteger,
        ScalarKind.Char => JsonScalar.Char,
        ScalarKind.String => JsonScalar.String,
        ScalarKind.Guid => JsonScalar.Guid,
        ScalarKind.ByteArray => JsonScalar.ByteArray,
        ScalarKind.DateTime => JsonScalar.DateTime,
        ScalarKind.DateTimeOffset => JsonScalar.DateTimeOffset,
        ScalarKind.DateOnly => JsonScalar.DateOnly,
        ScalarKind.TimeOnly => JsonScalar.TimeOnly,
        ScalarKind.TimeSpan => JsonScalar.TimeSpan,
        ScalarKind.IPAddress => JsonScalar.IPAddress,
        ScalarKind.IPNetwork => JsonScalar.IPNetwork,
        ScalarKind.JsonElement => JsonScalar.JsonElement,
        ScalarKind.JsonDocument => JsonScalar.JsonDocument,
        _ => TypeNames.Is(type, "System", "Uri") ? JsonScalar.Uri : JsonScalar.None,
    };
}
