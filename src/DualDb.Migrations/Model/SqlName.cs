using System.Text;

namespace DualDb.Migrations.Model;

/// <summary>Names in SQL that is written for people: quoted only where PostgreSQL would otherwise read something else.</summary>
internal static class SqlName
{
    private const int MaxBytes = 63;

    // The words that PostgreSQL 17 reserves, with or without an exception for functions and types (its documentation, appendix C).
    private static readonly HashSet<string> Reserved =
    [
        .. """
            all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation column concurrently constraint create cross current_catalog
            current_date current_role current_schema current_time current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze from full
            grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit localtime localtimestamp natural not notnull null offset on only or
            order outer overlaps placing primary references returning right select session_user similar some symmetric system_user table tablesample then to trailing true union unique
            user using variadic verbose when where window with
            """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries),
    ];

    /// <summary>Whether a word can be a name only in quotes.</summary>
    public static bool IsReserved(string word) => Reserved.Contains(word);

    public static string Quote(string name) => IsPlain(name) && !IsReserved(name) ? name : "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    public static string Of(string schema, string name) => Quote(schema) + "." + Quote(name);

    public static string Of(TableModel table) => Of(table.Schema, table.Name);

    public static string List(IEnumerable<string> names) => string.Join(", ", names.Select(Quote));

    public static string Literal(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    /// <summary>A name with an ending, its own end cut off where both would be too long.</summary>
    public static string With(string name, string ending)
    {
        while (Encoding.UTF8.GetByteCount(name) + ending.Length > MaxBytes)
        {
            name = name[..^1];
        }

        return name + ending;
    }

    private static bool IsPlain(string name)
        => name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');
}
