using DualDb.Migrations.Files;

namespace DualDb.Migrations.Importing;

/// <summary>Finds the files that stand for what another tool has applied: by the time, and where that tells nothing, by the name.</summary>
/// <param name="migrations">The migrations at hand.</param>
internal sealed class FileMatching(DualDbMigrations migrations)
{
    private readonly IReadOnlyList<Migration> _files = [.. migrations.Ordered.Where(static migration => !migration.Id.IsRepeatable)];

    /// <summary>The one file that stands for it; null for none, or where it might be several.</summary>
    public Migration? Find(ForeignMigration foreign)
    {
        var digits = string.Concat(foreign.Version.Where(char.IsAsciiDigit));
        var ofTime = digits.Length is 12 or >= MigrationNames.LongestTime
            ? _files.Where(file => file.Id.Database == foreign.Database && IsOfTime(file, digits)).ToList()
            : [];
        var name = Plain(foreign.Name);
        var candidates = ofTime.Count > 0 ? ofTime : [.. _files.Where(file => file.Id.Database == foreign.Database)];
        if (ofTime.Count == 1)
        {
            return ofTime[0];
        }

        var ofName = candidates.Where(file => name.Length > 0 && string.Equals(Plain(MigrationNames.TextOf(file.Id.Name)), name, StringComparison.Ordinal)).ToList();
        return ofName is [var only] ? only : null;
    }

    // The shorter of the two says no seconds.
    private static bool IsOfTime(Migration file, string digits)
    {
        var time = MigrationNames.TimeOf(file.Id.Name);
        return time.Length <= digits.Length
            ? digits.StartsWith(time, StringComparison.Ordinal)
            : string.Equals(time, digits.PadRight(MigrationNames.LongestTime, '0'), StringComparison.Ordinal);
    }

    // CreateOrders, create_orders and 'create orders' are one name.
    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
