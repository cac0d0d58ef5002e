using System.Text.Encodings.Web;
using System.Text.Json;

namespace DualDb.Benchmarks.Scorecard;

/// <summary>Writes a report as JSON: <c>{"rows":[{"id","value","floor","ok"…}]}</c>.</summary>
internal static class ScorecardJson
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,

        // The file is for eyes as well: × and µ as they are.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(ScorecardReport report) => JsonSerializer.Serialize(
        new
        {
            report.Date,
            ScorecardReport.Command,
            report.Machine,
            Seconds = Math.Round(report.Duration.TotalSeconds, 1),
            Ok = ScorecardCommand.ExitCode(report.Rows) == 0,
            Rows = report.Rows.Select(static row => new
            {
                row.Floor.Id,

                // JSON has no word for what is no number.
                Value = row.Value is { } value && double.IsFinite(value) ? row.Value : null,
                Floor = row.Floor.Limit,
                row.Ok,
                Bound = row.Floor.AtMost is null ? "atLeast" : "atMost",
                row.Floor.Unit,
                row.Floor.What,
                row.Statements,
                StatementsExpected = row.Floor.Statements,
                row.Note,
                row.Fault,
            }),
        },
        Format);
}
