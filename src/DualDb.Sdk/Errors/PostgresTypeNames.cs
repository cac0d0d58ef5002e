namespace DualDb.Errors;

/// <summary>The spellings of PostgreSQL's types, reduced to one.</summary>
internal static class PostgresTypeNames
{
    /// <summary>The short spelling, with its modifier: <c>varchar(40)</c>.</summary>
    public static string Normalize(string type)
    {
        var compact = type.Trim().Replace(", ", ",", StringComparison.Ordinal).ToLowerInvariant();
        var modifier = compact.IndexOf('(', StringComparison.Ordinal);
        var name = (modifier < 0 ? compact : compact[..modifier]).TrimEnd();
        var rest = modifier < 0 ? "" : compact[modifier..];
        return Short(name) + rest;
    }

    /// <summary>What an error about a type can mean besides that very type; null where that is unknown.</summary>
    public static string? FamilyOf(string type)
    {
        var name = Normalize(type);
        var modifier = name.IndexOf('(', StringComparison.Ordinal);
        return (modifier < 0 ? name : name[..modifier]) switch
        {
            "varchar" or "char" or "text" or "citext" or "character" or "byte sequence" => "text",
            "numeric" or "money" => "numeric",
            "smallint" => "smallint",
            "integer" => "integer",
            "bigint" => "bigint",
            "real" => "real",
            "double precision" => "double precision",
            "timestamp" or "timestamptz" or "date" or "time" or "timetz" or "interval" or "date/time" => "time",
            _ => null,
        };
    }

    private static string Short(string name)
        => name switch
        {
            "character varying" => "varchar",
            "bpchar" or "character" => "char",
            "decimal" => "numeric",
            "int2" => "smallint",
            "int" or "int4" => "integer",
            "int8" => "bigint",
            "float4" => "real",
            "float8" => "double precision",
            "bool" => "boolean",
            "timestamp with time zone" => "timestamptz",
            "timestamp without time zone" => "timestamp",
            "time without time zone" => "time",
            "time with time zone" => "timetz",
            _ => name,
        };
}
