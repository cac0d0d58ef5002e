using System.Globalization;
using System.Text;

namespace DualDb.Migrations.Drift;

/// <summary>A report for people.</summary>
internal static class DriftText
{
    public static string Of(DriftReport report)
    {
        var text = new StringBuilder();
        if (report.Differences.Count == 0)
        {
            text.Append("Both databases are as the model says.");
        }

        var width = report.Differences.Select(static one => one.Subject.Length).DefaultIfEmpty().Max();
        foreach (var one in report.Differences)
        {
            text.Append(text.Length > 0 ? "\n" : "")
                .Append(CultureInfo.InvariantCulture, $"{NameOf(one.Severity),-8} {MigrationId.FolderOf(one.Database),-9} {one.Subject.PadRight(width)}  {one.Message}");
        }

        foreach (var note in report.Notes)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nnot compared in {MigrationId.FolderOf(note.Database)}: {note.Message}");
        }

        return text.ToString();
    }

    public static string NameOf(DriftSeverity severity) => severity switch { DriftSeverity.Error => "error", DriftSeverity.Warning => "warning", _ => "remark" };
}
