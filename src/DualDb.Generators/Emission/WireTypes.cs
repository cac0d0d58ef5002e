using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>The .NET and Npgsql types in which values travel.</summary>
internal static class WireTypes
{
    private const string NpgsqlDbType = "global::NpgsqlTypes.NpgsqlDbType.";

    /// <summary>The .NET type that Npgsql is handed.</summary>
    public static string Of(ScalarSpec scalar) => scalar.Storage switch
    {
        StorageKind.Boolean => "bool",
        StorageKind.Smallint => "short",
        StorageKind.Integer => "int",
        StorageKind.Bigint => "long",
        StorageKind.Numeric => scalar.Kind == ScalarKind.BigInteger ? "global::System.Numerics.BigInteger" : "decimal",
        StorageKind.Real => "float",
        StorageKind.Double => "double",
        StorageKind.Text or StorageKind.Varchar or StorageKind.Char or StorageKind.Json or StorageKind.Jsonb => "string",
        StorageKind.Bytea => "byte[]",
        _ => scalar.ClrType,
    };

    /// <summary>Whether that type is a value type.</summary>
    public static bool IsValueType(ScalarSpec scalar) => scalar.Storage switch
    {
        StorageKind.Text or StorageKind.Varchar or StorageKind.Char or StorageKind.Json or StorageKind.Jsonb => false,
        _ => scalar.IsValueType,
    };

    /// <summary>The member of <c>NpgsqlDbType</c>, with <c>global::</c>.</summary>
    public static string DbType(ScalarSpec scalar) => NpgsqlDbType + (scalar.Storage switch
    {
        StorageKind.Boolean => "Boolean",
        StorageKind.Smallint => "Smallint",
        StorageKind.Integer => "Integer",
        StorageKind.Bigint => "Bigint",
        StorageKind.Numeric => "Numeric",
        StorageKind.Real => "Real",
        StorageKind.Double => "Double",
        StorageKind.Text or StorageKind.Varchar => "Text",
        StorageKind.Char => "Char",
        StorageKind.Uuid => "Uuid",
        StorageKind.Bytea => "Bytea",
        StorageKind.Date => "Date",
        StorageKind.Time => "Time",
        StorageKind.Timestamp => "Timestamp",
        StorageKind.TimestampTz => "TimestampTz",
        StorageKind.Interval => "Interval",
        StorageKind.Inet => "Inet",
        StorageKind.Cidr => "Cidr",
        StorageKind.Json => "Json",
        StorageKind.Jsonb => "Jsonb",
        StorageKind.IntegerRange => "IntegerRange",
        StorageKind.BigintRange => "BigIntRange",
        StorageKind.NumericRange => "NumericRange",
        StorageKind.TimestampRange => "TimestampRange",
        StorageKind.TimestampTzRange => "TimestampTzRange",
        _ => "DateRange",
    });

    /// <summary>The type of a whole column: an array for a collection.</summary>
    public static string DbType(ColumnSpec column)
        => (column.IsCollection ? NpgsqlDbType + "Array | " : "") + DbType(column.Scalar);

    /// <summary>The method of the reader that gets a value, with its parentheses open.</summary>
    public static string Getter(ScalarSpec scalar) => Of(scalar) switch
    {
        "bool" => "GetBoolean(",
        "short" => "GetInt16(",
        "int" => "GetInt32(",
        "long" => "GetInt64(",
        "decimal" => "GetDecimal(",
        "float" => "GetFloat(",
        "double" => "GetDouble(",
        "string" => "GetString(",
        "global::System.Guid" => "GetGuid(",
        "global::System.DateTime" => "GetDateTime(",
        "global::System.TimeSpan" => "GetTimeSpan(",
        var type => $"GetFieldValue<{type}>(",
    };
}
