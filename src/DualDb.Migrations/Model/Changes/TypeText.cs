using System.Globalization;
using System.Text.RegularExpressions;

namespace DualDb.Migrations.Model.Changes;

/// <summary>Types as the model writes them, and as PostgreSQL does.</summary>
internal static partial class TypeText
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["bool"] = "boolean", ["int2"] = "smallint", ["int"] = "integer", ["int4"] = "integer", ["int8"] = "bigint", ["decimal"] = "numeric", ["float4"] = "real", ["float8"] = "double precision",
        ["varchar"] = "character varying", ["char"] = "character", ["time"] = "time without time zone", ["timetz"] = "time with time zone",
        ["timestamp"] = "timestamp without time zone", ["timestamptz"] = "timestamp with time zone",
    };

    /// <summary>The type as <c>format_type</c> writes it, where it is one of PostgreSQL's own.</summary>
    public static string Canonical(string type)
    {
        var match = Parts().Match(type.Trim());
        if (!match.Success || type.Contains('"', StringComparison.Ordinal))
        {
            return type.Trim();
        }

        var name = (match.Groups["name"].Value.Trim() + match.Groups["rest"].Value).ToLowerInvariant();
        name = Names.GetValueOrDefault(name, name);
        var limits = string.Join(',', match.Groups["limits"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        limits = (name, limits) switch
        {
            ("character", "") => "1",
            ("numeric", { Length: > 0 }) when !limits.Contains(',', StringComparison.Ordinal) => limits + ",0",
            _ => limits,
        };
        return Insert(name, limits) + match.Groups["array"].Value;
    }

    /// <summary>Whether every value stays as it is, and PostgreSQL rewrites neither the table nor its indexes.</summary>
    public static bool IsWidened(string from, string to)
    {
        var (old, wide) = (Split(Canonical(from)), Split(Canonical(to)));
        return (old.Name, wide.Name) switch
        {
            ("character varying", "text") or ("text", "character varying") when wide.Limits.Length == 0 => true,
            ("cidr", "inet") => true,
            ("character varying", "character varying") => wide.Limits.Length == 0 || (old.Limits.Length == 1 && wide.Limits[0] >= old.Limits[0]),
            ("numeric", "numeric") => wide.Limits.Length == 0 || (old.Limits.Length == 2 && wide.Limits[0] >= old.Limits[0] && wide.Limits[1] == old.Limits[1]),
            (var name, var same) when string.Equals(name, same, StringComparison.Ordinal) && name.StartsWith("time", StringComparison.Ordinal) => wide.Limits.Length == 0 || (old.Limits.Length == 1 && wide.Limits[0] >= old.Limits[0]),
            _ => false,
        };
    }

    /// <summary>An expression of a type as one of another: PostgreSQL's own conversion where there is one, which also refuses what does not fit, and otherwise the text.</summary>
    public static string Convert(string expression, string from, string to)
    {
        var (old, wanted) = (GroupOf(from), GroupOf(to));
        return (old, wanted) switch
        {
            (_, "text") => expression,
            ({ Length: > 0 }, _) when string.Equals(old, wanted, StringComparison.Ordinal) => expression,
            ("text", _) => $"{expression}::{to}",
            ("boolean", "number") or ("number", "boolean") => $"{expression}::integer::{to}",
            _ => $"{expression}::text::{to}",
        };
    }

    /// <summary>The type without limits and brackets.</summary>
    public static string NameOf(string type) => Split(Canonical(type)).Name;

    public static bool IsArray(string type) => type.TrimEnd().EndsWith("[]", StringComparison.Ordinal);

    private static string GroupOf(string type) => IsArray(type) ? "" : NameOf(type) switch
    {
        "smallint" or "integer" or "bigint" or "numeric" or "real" or "double precision" => "number",
        "text" or "character varying" or "character" or "bpchar" or "citext" => "text",
        "date" or "timestamp without time zone" or "timestamp with time zone" => "time",
        "json" or "jsonb" => "json",
        "inet" or "cidr" => "address",
        "boolean" => "boolean",
        _ => "",
    };

    private static (string Name, int[] Limits) Split(string canonical)
    {
        var match = Parts().Match(canonical);
        return !match.Success
            ? (canonical, [])
            : (match.Groups["name"].Value.Trim() + match.Groups["rest"].Value + match.Groups["array"].Value, [.. match.Groups["limits"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static limit => int.Parse(limit, CultureInfo.InvariantCulture))]);
    }

    // The precision of a time stands within its name: timestamp(3) with time zone.
    private static string Insert(string name, string limits)
    {
        if (limits.Length == 0)
        {
            return name;
        }

        var behind = name.StartsWith("time", StringComparison.Ordinal) ? name.IndexOf(' ', StringComparison.Ordinal) : -1;
        return behind < 0 ? $"{name}({limits})" : $"{name[..behind]}({limits}){name[behind..]}";
    }

    [GeneratedRegex(@"^(?<name>[^()\[\]]+?)\s*(\((?<limits>[0-9, -]*)\)(?<rest>[^()\[\]]*?))?\s*(?<array>\[\])?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parts();
}
