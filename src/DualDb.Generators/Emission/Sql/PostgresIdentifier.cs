using System;
using System.Collections.Generic;
using System.Text;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission.Sql;

/// <summary>Names and literals in SQL.</summary>
internal static class PostgresIdentifier
{
    /// <summary>PostgreSQL cuts names off after so many bytes.</summary>
    private const int MaxBytes = 63;

    // The words that PostgreSQL 17 reserves, with or without an exception for functions and types (its documentation, appendix C).
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "authorization", "binary", "both", "case", "cast",
        "check", "collate", "collation", "column", "concurrently", "constraint", "create", "cross", "current_catalog", "current_date",
        "current_role", "current_schema", "current_time", "current_timestamp", "current_user", "default", "deferrable", "desc", "distinct",
        "do", "else", "end", "except", "false", "fetch", "for", "foreign", "freeze", "from", "full", "grant", "group", "having", "ilike",
        "in", "initially", "inner", "intersect", "into", "is", "isnull", "join", "lateral", "leading", "left", "like", "limit", "localtime",
        "localtimestamp", "natural", "not", "notnull", "null", "offset", "on", "only", "or", "order", "outer", "overlaps", "placing",
        "primary", "references", "returning", "right", "select", "session_user", "similar", "some", "symmetric", "system_user", "table",
        "tablesample", "then", "to", "trailing", "true", "union", "unique", "user", "using", "variadic", "verbose", "when", "where",
        "window", "with",
    };

    /// <summary>A name, in double quotes only where PostgreSQL would otherwise read something else.</summary>
    public static string Quote(string name) => IsPlain(name) && !Reserved.Contains(name) ? name : "\"" + name.Replace("\"", "\"\"") + "\"";

    /// <summary>The table with its schema.</summary>
    public static string Table(EntitySpec entity) => Table(entity.Schema, entity.Table);

    /// <summary>A table with its schema.</summary>
    public static string Table(string schema, string table) => Quote(schema) + "." + Quote(table);

    /// <summary>A string literal.</summary>
    public static string Literal(string text) => "'" + text.Replace("'", "''") + "'";

    /// <summary>A name for an index or a constraint; one that is too long keeps its beginning and gets a hash of the rest.</summary>
    public static string Derived(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= MaxBytes)
        {
            return name;
        }

        var kept = name.Length;
        while (Encoding.UTF8.GetByteCount(name.Substring(0, kept)) > MaxBytes - 9)
        {
            kept--;
        }

        return name.Substring(0, kept) + "_" + StableHash.Of(name);
    }

    private static bool IsPlain(string name)
    {
        foreach (var c in name)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '_'))
            {
                return false;
            }
        }

        return name.Length > 0 && name[0] is not (>= '0' and <= '9');
    }
}
