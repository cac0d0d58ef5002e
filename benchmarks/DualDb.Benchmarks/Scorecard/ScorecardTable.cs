using System.Globalization;
using Spectre.Console;

namespace DualDb.Benchmarks.Scorecard;

/// <summary>Prints a report.</summary>
internal static class ScorecardTable
{
    private const int WidthOfFiles = 200;

    public static void Print(IAnsiConsole console, ScorecardReport report)
    {
        if (Console.IsOutputRedirected)
        {
            // A file has neither a width, and the default of 80 would break every line, nor colours.
            console.Profile.Width = WidthOfFiles;
            console.Profile.Capabilities.Ansi = false;
        }

        var table = new Table().Border(TableBorder.Rounded)
            .AddColumn("row")
            .AddColumn(new TableColumn("value").RightAligned())
            .AddColumn(new TableColumn("floor").RightAligned())
            .AddColumn("")
            .AddColumn(new TableColumn("statements").RightAligned())
            .AddColumn("what")
            .AddColumn("behind it");
        foreach (var row in report.Rows)
        {
            table.AddRow(
                Markup.Escape(row.Floor.Id),
                Markup.Escape(Value(row)),
                Markup.Escape(Limit(row.Floor)),
                row.Ok ? "[green]ok[/]" : "[red]BROKEN[/]",
                row.Statements?.ToString(CultureInfo.InvariantCulture) ?? "",
                Markup.Escape(row.Floor.What),
                Markup.Escape(row.Fault is null ? row.Note : $"{row.Fault} {row.Note}"));
        }

        console.Write(table);
        var machine = report.Machine;
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Date:yyyy-MM-dd HH:mm} UTC, {report.Duration.TotalSeconds:0} s. {machine.Cores} cores, {machine.MemoryGigabytes} GB, {machine.OperatingSystem}, {machine.Runtime}, PostgreSQL {machine.PostgreSql}."));
        var broken = report.Rows.Count(static row => !row.Ok);
        console.WriteLine(broken == 0 ? "Every floor is kept." : string.Create(CultureInfo.InvariantCulture, $"{broken} of {report.Rows.Count} floors are broken."));
    }

    private static string Value(ScorecardRow row)
        => row.Value is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value:0.00#} {row.Floor.Unit}").TrimEnd() : "–";

    private static string Limit(Floor floor)
        => string.Create(CultureInfo.InvariantCulture, $"{(floor.AtMost is null ? "≥" : "≤")} {floor.Limit:0.##}");
}
