namespace DualDb.Docs.Tests.Telemetry;

/// <summary>An instrument as the page tells of it.</summary>
internal sealed record TelemetryRow(string Name, string Meter, string Kind, string Unit, string Tags, string Meaning);

/// <summary>The table of metrics, and that of sources.</summary>
internal static class TelemetryPage
{
    public static string Path { get; } = Documents.PathOf("docs/telemetry.md");

    public static IReadOnlyList<TelemetryRow> Instruments { get; } =
        [.. Rows(6).Select(static cells => new TelemetryRow(cells[0].Trim('`'), cells[1].Trim('`'), cells[2], cells[3], cells[4], cells[5]))];

    public static IReadOnlyList<string> Sources { get; } = [.. Rows(3).Select(static cells => cells[0].Trim('`'))];

    private static IEnumerable<string[]> Rows(int columns)
        => File.ReadLines(Path)
            .Where(static line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(static line => line.Trim().Trim('|').Split('|').Select(static cell => cell.Trim()).ToArray())
            .Where(cells => cells.Length == columns);
}
