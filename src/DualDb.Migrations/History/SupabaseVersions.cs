using System.Globalization;
using DualDb.Migrations.Files;

namespace DualDb.Migrations.History;

/// <summary>
/// The versions that files may have in the history of the supabase CLI: 14 digits, of which a file says 12 or all. Files of one minute would have the same; there each has the first second that is free when it is applied, and is found again by its name.
/// </summary>
internal sealed class SupabaseVersions
{
    private const int Minute = 12;
    private const int Seconds = 60;

    private readonly Dictionary<MigrationId, string[]> _shared = [];

    /// <summary>Makes them.</summary>
    /// <param name="all">All migrations at hand.</param>
    public SupabaseVersions(IEnumerable<MigrationId> all)
    {
        foreach (var minute in all.Where(static id => id is { Database: Database.Supabase, IsRepeatable: false }).GroupBy(static id => Digits(id)[..Minute], StringComparer.Ordinal).Select(static ids => ids.ToList()).Where(static ids => ids.Count > 1))
        {
            var said = minute.Where(static id => Digits(id).Length == MigrationNames.LongestTime).ToList();
            foreach (var id in minute)
            {
                _shared[id] = [.. Of(id, said)];
            }
        }
    }

    /// <summary>Those that a file may have, the best first; one where no other file is of its minute: who else has that version has applied the same.</summary>
    public IReadOnlyList<string> Of(MigrationId id) => _shared.TryGetValue(id, out var versions) ? versions : [First(id)];

    /// <summary>Whether another file is of its minute.</summary>
    public bool IsShared(MigrationId id) => _shared.ContainsKey(id);

    /// <summary>All that a file can ever have been given, whatever the others were.</summary>
    public static IReadOnlyList<string> All(MigrationId id) => [First(id), .. OfMinute(id).Where(version => !string.Equals(version, First(id), StringComparison.Ordinal))];

    // What another file says of itself comes last, and not at all where it has the same name: the two could not be told apart.
    private static IEnumerable<string> Of(MigrationId id, List<MigrationId> said)
    {
        var others = said.Where(other => other != id).ToLookup(Digits, static other => MigrationNames.TextOf(other.Name), StringComparer.Ordinal);
        return All(id).Where(version => !others[version].Contains(MigrationNames.TextOf(id.Name), StringComparer.Ordinal))
            .OrderBy(version => others.Contains(version) && !string.Equals(version, Digits(id), StringComparison.Ordinal));
    }

    private static IEnumerable<string> OfMinute(MigrationId id) => Enumerable.Range(0, Seconds).Select(second => Digits(id)[..Minute] + second.ToString("00", CultureInfo.InvariantCulture));

    private static string First(MigrationId id) => Digits(id).PadRight(MigrationNames.LongestTime, '0');

    private static string Digits(MigrationId id) => MigrationNames.TimeOf(id.Name);
}
