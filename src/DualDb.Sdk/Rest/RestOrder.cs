using DualDb.Caching;

namespace DualDb.Rest;

/// <summary>Parts of an order that generated code holds in SQL: <c>created_at desc nulls last</c>.</summary>
internal static class RestOrder
{
    public static string Of(string sql)
    {
        var rest = sql;
        var nulls = Take(ref rest, " nulls first") ? ".nullsfirst" : Take(ref rest, " nulls last") ? ".nullslast" : "";
        var direction = Take(ref rest, " desc") ? ".desc" : ".asc";
        Take(ref rest, " asc");
        return RestNames.Quote(SqlNames.Split(rest)[0]) + direction + nulls;
    }

    private static bool Take(ref string sql, string word)
    {
        var found = sql.EndsWith(word, StringComparison.Ordinal);
        sql = found ? sql[..^word.Length] : sql;
        return found;
    }
}
