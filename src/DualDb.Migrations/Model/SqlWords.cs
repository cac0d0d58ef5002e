using System.Text.RegularExpressions;

namespace DualDb.Migrations.Model;

/// <summary>Names of columns within expressions of the user. A word within a literal is taken for one as well: the comparison with the database shows where that was wrong.</summary>
internal static class SqlWords
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    public static bool Mentions(string sql, string name) => Regex.IsMatch(sql, Pattern(name), RegexOptions.CultureInvariant, Limit);

    public static string Replace(string sql, string name, string by) => Regex.Replace(sql, Pattern(name), by.Replace("$", "$$", StringComparison.Ordinal), RegexOptions.CultureInvariant, Limit);

    private static string Pattern(string name) => $@"(?<!\w){Regex.Escape(name)}(?!\w)";
}
