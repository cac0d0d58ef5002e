namespace DualDb.Migrations.Drift.Shapes;

/// <summary>Something that is not as the last run has left it.</summary>
/// <param name="Database">Where.</param>
/// <param name="Subject">What, with the word for its kind in front.</param>
/// <param name="Was">What it was; null where it was not there.</param>
/// <param name="Is">What it is; null where it is gone.</param>
internal sealed record ShapeChange(Database Database, string Subject, string? Was, string? Is)
{
    private const string Next = "Bring it into a migration, or take it back";

    /// <summary>
    /// In words. A table that is new is nobody's fault: applications create some themselves. Of one that is gone, that alone is told.
    /// </summary>
    public static IReadOnlyList<DriftDifference> Told(IReadOnlyList<ShapeChange> changes)
    {
        var tables = changes.Where(static change => change.Subject.StartsWith("table ", StringComparison.Ordinal) && (change.Was is null || change.Is is null)).Select(static change => change.Subject["table ".Length..]).ToList();
        return [.. changes.Where(change => !change.IsOf(tables) && !(change.IsTable && change.Was is null) && !(change.IsEnum && change.Was is null)).Select(static change => change.Told())];
    }

    private bool IsTable => Subject.StartsWith("table ", StringComparison.Ordinal);

    private bool IsEnum => Subject.StartsWith("enum ", StringComparison.Ordinal);

    /// <summary>Whether a subject is a table, or a part of it.</summary>
    public static bool IsOf(string subject, string table)
    {
        var place = subject[(subject.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        return string.Equals(place, table, StringComparison.Ordinal) || place.StartsWith(table + ".", StringComparison.Ordinal) || place.StartsWith(table + ": ", StringComparison.Ordinal);
    }

    private bool IsOf(List<string> tables) => !IsTable && tables.Exists(table => IsOf(Subject, table));

    private DriftDifference Told() => (Was, Is) switch
    {
        (_, null) => new(DriftSeverity.Warning, Database, DriftKind.Missing, Subject, $"it was removed without a migration; it was: {Short(Was!)}. {Next}"),
        (null, _) => new(DriftSeverity.Warning, Database, DriftKind.Extra, Subject, $"it was added without a migration: {Short(Is)}. {Next}"),
        _ => new(DriftSeverity.Warning, Database, DriftKind.Definition, Subject, $"it was changed without a migration, from {Short(Was)} to {Short(Is)}. {Next}"),
    };

    private static string Short(string text)
    {
        const int longest = 120;
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= longest ? line : line[..longest] + "…";
    }
}
