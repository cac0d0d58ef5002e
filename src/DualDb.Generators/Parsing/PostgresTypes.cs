using DualDb.Generators.Model;

namespace DualDb.Generators.Parsing;

/// <summary>The PostgreSQL names of the forms in which values travel.</summary>
internal static class PostgresTypes
{
    /// <summary>The type without modifiers.</summary>
    public static string Name(StorageKind storage) => storage switch
    {
        StorageKind.Boolean => "boolean",
        StorageKind.Smallint => "smallint",
        StorageKind.Integer => "integer",
        StorageKind.Bigint => "bigint",
        StorageKind.Numeric => "numeric",
        StorageKind.Real => "real",
        StorageKind.Double => "double precision",
        StorageKind.Text => "text",
        StorageKind.Varchar => "varchar",
        StorageKind.Char => "bpchar",
        StorageKind.Uuid => "uuid",
        StorageKind.Bytea => "bytea",
        StorageKind.Date => "date",
        StorageKind.Time => "time",
        StorageKind.Timestamp => "timestamp",
        StorageKind.TimestampTz => "timestamptz",
        StorageKind.Interval => "interval",
        StorageKind.Inet => "inet",
        StorageKind.Cidr => "cidr",
        StorageKind.Json => "json",
        StorageKind.Jsonb => "jsonb",
        StorageKind.IntegerRange => "int4range",
        StorageKind.BigintRange => "int8range",
        StorageKind.NumericRange => "numrange",
        StorageKind.TimestampRange => "tsrange",
        StorageKind.TimestampTzRange => "tstzrange",
        _ => "daterange",
    };
}
