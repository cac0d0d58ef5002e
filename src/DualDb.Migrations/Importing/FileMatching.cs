using DualDb.Migrations.Files;

namespace DualDb.Migrations.Importing;

/// <summary>Finds the files that stand for what another tool has applied: by the time and the name, or by what of both can be told apart.</summary>
/// <param name="migrations">The migrations at hand.</param>
internal sealed class FileMatching(DualDbMigrations migrations)
{
    private readonly IReadOnlyList<Migration> _files = [.. migrations.Ordered.Where(static migration => !migration.Id.IsRepeatable)];

    /// <summary>The file that stands for each; null for none, or where it might be several.</summary>
    public IReadOnlyList<(ForeignMigration Foreign, Migration? File)> Match(IReadOnlyList<ForeignMigration> all)
    {
        var found = all.Select(foreign => (Foreign: foreign, Found: Find(foreign))).ToList();

        // A file stands for one: of several that came to it by their time, for the one of its name.
        var shared = found.Where(static one => one.Found.File is not null).GroupBy(static one => one.Found.File!.Id).Where(static group => group.Count() > 1).Select(static group => group.Key).ToHashSet();
        return [.. found.Select(one => (one.Foreign, one.Found.File is { } file && (!shared.Contains(file.Id) || one.Found.IsOfName) ? file : null))];
    }

    private (Migration? File, bool IsOfName) Find(ForeignMigration foreign)
    {
        var own = _files.Where(file => file.Id.Database == foreign.Database).ToList();
        var digits = string.Concat(foreign.Version.Where(char.IsAsciiDigit));
        var ofTime = digits.Length is 12 or >= MigrationNames.LongestTime ? own.Where(file => IsOfTime(file, digits)).ToList() : [];
        var ofName = (ofTime.Count > 0 ? ofTime : own).Where(file => IsOfName(file, foreign)).ToList();
        return (ofName, ofTime) switch
        {
            ([var only], _) => (only, IsOfName: true),

            // A minute has room for several migrations: by itself it says which one only where the other tool gives no name.
            (_, [var only]) when IsToTheSecond(only, digits) || Plain(foreign.Name).Length == 0 => (only, IsOfName: false),
            _ => (null, IsOfName: false),
        };
    }

    // The shorter of the two says no seconds.
    private static bool IsOfTime(Migration file, string digits)
    {
        var time = MigrationNames.TimeOf(file.Id.Name);
        return time.Length <= digits.Length
            ? digits.StartsWith(time, StringComparison.Ordinal)
            : string.Equals(time, digits.PadRight(MigrationNames.LongestTime, '0'), StringComparison.Ordinal);
    }

    private static bool IsToTheSecond(Migration file, string digits) => MigrationNames.TimeOf(file.Id.Name).Length == MigrationNames.LongestTime && digits.Length >= MigrationNames.LongestTime;

    private static bool IsOfName(Migration file, ForeignMigration foreign) => Plain(foreign.Name) is { Length: > 0 } name && string.Equals(Plain(MigrationNames.TextOf(file.Id.Name)), name, StringComparison.Ordinal);

    // CreateOrders, create_orders and 'create orders' are one name.
    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
