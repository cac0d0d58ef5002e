namespace DualDb.Migrations.Tests.Model.Editing;

/// <summary>Types that the random models use: what their rows hold, and what they may become.</summary>
internal static class Kinds
{
    /// <summary>Each type, an expression of its value by <c>n</c>, a default, and the types that it may change into with such values.</summary>
    public static IReadOnlyList<(string Type, string Value, string Default, string[] Becomes)> All { get; } =
    [
        ("smallint", "n % 100", "1", ["integer", "bigint", "numeric(12,2)", "text"]),
        ("integer", "n % 100", "2", ["bigint", "smallint", "numeric(12,2)", "text", "double precision", "varchar(20)"]),
        ("bigint", "n % 100", "3", ["integer", "numeric", "text"]),
        ("numeric(10,2)", "n % 100", "4.25", ["numeric(12,2)", "numeric", "integer", "text"]),
        ("numeric(12,2)", "n % 100", "4.5", ["numeric", "text", "double precision"]),
        ("numeric", "n % 100", "5", ["text", "numeric(12,2)"]),
        ("double precision", "n % 100", "6.5", ["real", "numeric(12,2)"]),
        ("real", "n % 100", "7", ["double precision"]),
        ("boolean", "n % 2 = 0", "false", ["integer", "text"]),
        ("text", "(n % 100)::text", "'8'", ["varchar(200)"]),
        ("varchar(20)", "(n % 100)::text", "'9'", ["varchar(200)", "text", "char(30)"]),
        ("varchar(200)", "(n % 100)::text", "'10'", ["text"]),
        ("char(30)", "(n % 100)::text", "'11'", ["text"]),
        ("uuid", "gen_random_uuid()", "gen_random_uuid()", ["text"]),
        ("date", "date '2026-01-01' + n % 100", "current_date", ["timestamptz", "timestamp", "varchar(20)"]),
        ("timestamp", "timestamp '2026-01-01 10:00' + n % 100 * interval '1 hour'", "(now() at time zone 'utc')", ["timestamptz", "date", "text"]),
        ("timestamptz", "timestamptz '2026-01-01 10:00Z' + n % 100 * interval '1 hour'", "now()", ["timestamptz(3)", "timestamp", "date"]),
        ("timestamptz(3)", "timestamptz '2026-01-01 10:00Z' + n % 100 * interval '1 hour'", "clock_timestamp()", ["timestamptz"]),
        ("time", "time '10:00' + n % 100 * interval '1 minute'", "localtime", ["text"]),
        ("interval", "n % 100 * interval '1 hour'", "interval '1 day'", ["text"]),
        ("jsonb", "jsonb_build_object('n', n)", "'{}'", ["json", "text"]),
        ("json", "json_build_object('n', n)", "'[]'", ["jsonb"]),
        ("bytea", "'\\x01'::bytea", "'\\x00'", []),
        ("inet", "inet '10.0.0.1' + n % 100", "'::1'", ["text"]),
        ("cidr", "cidr '10.0.0.0/8'", "'10.0.0.0/8'", ["inet"]),
        ("text[]", "array[n::text]", "'{}'", []),
        ("integer[]", "array[n]", "'{1,2}'", []),
        ("int4range", "int4range(n, n + 5)", "'empty'", []),
        ("tstzrange", "tstzrange(now(), now() + interval '1 day')", "'empty'", []),
    ];

    public static (string Type, string Value, string Default, string[] Becomes) Of(string type) => All.Single(kind => kind.Type == type);

    public static bool IsKnown(string type) => All.Any(kind => kind.Type == type);

    public static bool IsNumber(string type) => type is "smallint" or "integer" or "bigint" or "numeric" or "double precision" or "real" || type.StartsWith("numeric", StringComparison.Ordinal);

    /// <summary>Whether btree can order it.</summary>
    public static bool IsOrdered(string type) => type is not ("json" or "jsonb") && !type.EndsWith("[]", StringComparison.Ordinal);
}
