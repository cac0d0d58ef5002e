using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using DualDb.Generators.Model;

namespace DualDb.Generators.Parsing;

/// <summary>A PostgreSQL type as the user wrote it in <c>[Column(Type = …)]</c>.</summary>
internal sealed class PostgresTypeName
{
    private static readonly Dictionary<string, StorageKind> Known = new(StringComparer.Ordinal)
    {
        ["boolean"] = StorageKind.Boolean,
        ["bool"] = StorageKind.Boolean,
        ["smallint"] = StorageKind.Smallint,
        ["int2"] = StorageKind.Smallint,
        ["integer"] = StorageKind.Integer,
        ["int"] = StorageKind.Integer,
        ["int4"] = StorageKind.Integer,
        ["bigint"] = StorageKind.Bigint,
        ["int8"] = StorageKind.Bigint,
        ["numeric"] = StorageKind.Numeric,
        ["decimal"] = StorageKind.Numeric,
        ["real"] = StorageKind.Real,
        ["float4"] = StorageKind.Real,
        ["double precision"] = StorageKind.Double,
        ["float8"] = StorageKind.Double,
        ["text"] = StorageKind.Text,
        ["varchar"] = StorageKind.Varchar,
        ["character varying"] = StorageKind.Varchar,
        ["char"] = StorageKind.Char,
        ["character"] = StorageKind.Char,
        ["bpchar"] = StorageKind.Char,
        ["uuid"] = StorageKind.Uuid,
        ["bytea"] = StorageKind.Bytea,
        ["date"] = StorageKind.Date,
        ["time"] = StorageKind.Time,
        ["time without time zone"] = StorageKind.Time,
        ["timestamp"] = StorageKind.Timestamp,
        ["timestamp without time zone"] = StorageKind.Timestamp,
        ["timestamptz"] = StorageKind.TimestampTz,
        ["timestamp with time zone"] = StorageKind.TimestampTz,
        ["interval"] = StorageKind.Interval,
        ["inet"] = StorageKind.Inet,
        ["cidr"] = StorageKind.Cidr,
        ["json"] = StorageKind.Json,
        ["jsonb"] = StorageKind.Jsonb,
        ["int4range"] = StorageKind.IntegerRange,
        ["int8range"] = StorageKind.BigintRange,
        ["numrange"] = StorageKind.NumericRange,
        ["tsrange"] = StorageKind.TimestampRange,
        ["tstzrange"] = StorageKind.TimestampTzRange,
        ["daterange"] = StorageKind.DateRange,
    };

    private PostgresTypeName(string name, int[] modifiers, bool isArray)
    {
        Name = name;
        Modifiers = modifiers;
        IsArray = isArray;
    }

    /// <summary>The type without modifiers and brackets.</summary>
    public string Name { get; }

    /// <summary>The numbers in parentheses: <c>12, 2</c> of <c>numeric(12,2)</c>.</summary>
    public int[] Modifiers { get; }

    public bool IsArray { get; }

    /// <summary>How it travels; null for a type this SDK does not know.</summary>
    public StorageKind? Storage => Known.TryGetValue(Name, out var storage) ? storage : null;

    /// <summary>
    /// Reads a type; null where the text is no type name. It becomes part of SQL, so only words, a schema, double quotes, one pair of
    /// parentheses with numbers and one pair of brackets are let through.
    /// </summary>
    public static PostgresTypeName? Parse(string text)
    {
        var rest = text.Trim();
        var isArray = rest.EndsWith("[]", StringComparison.Ordinal);
        if (isArray)
        {
            rest = rest.Substring(0, rest.Length - 2).TrimEnd();
        }

        var modifiers = Array.Empty<int>();
        var open = rest.IndexOf('(');
        if (open >= 0)
        {
            var close = rest.IndexOf(')', open);
            if (close < 0 || ParseModifiers(rest.Substring(open + 1, close - open - 1)) is not { } numbers)
            {
                return null;
            }

            modifiers = numbers;
            rest = rest.Substring(0, open).TrimEnd() + rest.Substring(close + 1);
        }

        return Normalise(rest) is { } name && !IsPseudoType(name) ? new PostgresTypeName(name, modifiers, isArray) : null;
    }

    /// <summary>A part of a type's name, in double quotes where it is not all small letters, digits and underscores.</summary>
    public static string Quote(string name)
    {
        foreach (var c in name)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '_'))
            {
                return "\"" + name.Replace("\"", "\"\"") + "\"";
            }
        }

        return name.Length == 0 || char.IsDigit(name[0]) ? "\"" + name + "\"" : name;
    }

    // `serial` and its kin are a notation of CREATE TABLE for a column with a sequence, not types: nothing can be cast to them.
    private static bool IsPseudoType(string name)
        => name is "serial" or "serial2" or "serial4" or "serial8" or "smallserial" or "bigserial";

    private static int[]? ParseModifiers(string text)
    {
        var parts = text.Split(',');
        var numbers = new int[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.Integer, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return null;
            }
        }

        return numbers;
    }

    // Lower case and single blanks outside double quotes; null where a character has no place in a type's name.
    private static string? Normalise(string text)
    {
        var name = new StringBuilder(text.Length);
        var quoted = false;
        foreach (var c in text)
        {
            if (c == '"')
            {
                quoted = !quoted;
                name.Append(c);
            }
            else if (quoted)
            {
                name.Append(c);
            }
            else if (c == ' ')
            {
                if (name.Length > 0 && name[name.Length - 1] != ' ')
                {
                    name.Append(c);
                }
            }
            else if (char.IsLetterOrDigit(c) || c is '_' or '.')
            {
                name.Append(char.ToLowerInvariant(c));
            }
            else
            {
                return null;
            }
        }

        var result = name.ToString().Trim();
        return quoted || result.Length == 0 || char.IsDigit(result[0]) ? null : result;
    }
}
