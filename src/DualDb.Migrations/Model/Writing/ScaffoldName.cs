using System.Text.RegularExpressions;

namespace DualDb.Migrations.Model.Writing;

/// <summary>The names of migrations that are written.</summary>
internal static partial class ScaffoldName
{
    /// <summary>Refuses what is no name.</summary>
    public static void Require(string name)
    {
        if (!Pattern().IsMatch(name))
        {
            throw new ScaffoldException($"'{name}' is no name for a migration. Write what it does in up to 80 lower-case letters, digits and underscores, beginning with a letter: add_totals.");
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,79}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
