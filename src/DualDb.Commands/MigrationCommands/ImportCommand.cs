using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using DualDb.Commands.Frame;
using DualDb.Commands.Output;
using DualDb.Migrations;

namespace DualDb.Commands.MigrationCommands;

/// <summary><c>dualdb migrations import</c>.</summary>
internal static class ImportCommand
{
    public static Command Create(CommandFrame frame)
    {
        var source = new Argument<string>("tool") { Description = "Whose history: ef, flyway or supabase" };
        source.AcceptOnlyFromAmong("ef", "flyway", "supabase");
        var table = new Option<string?>("--table") { Description = "Its table, with its schema, where it has another name" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would be recorded, and record nothing" };
        var command = new ExampleCommand(
            "import",
            "Takes what another tool has applied for applied, by the time and the name of the files, without running it.",
            "dualdb migrations import ef --dry-run",
            "dualdb migrations import flyway --table ops.flyway_schema_history")
        {
            source,
            table,
            dryRun,
        };
        var options = new RunOptions().AddReading(command).AddWriting(command, applies: false);
        return frame.Handle(command, async (call, cancellationToken) =>
        {
            var import = await options.Runner(call).ImportHistoryAsync(SourceOf(call.Value(source)), call.Value(table), call.Value(dryRun), cancellationToken).ConfigureAwait(false);
            return new CommandResult(Document(import), [.. Text(import, call.Value(dryRun))]);
        });
    }

    private static MigrationHistorySource SourceOf(string tool) => tool switch
    {
        "ef" => MigrationHistorySource.EntityFramework,
        "flyway" => MigrationHistorySource.Flyway,
        _ => MigrationHistorySource.Supabase,
    };

    private static IEnumerable<TextPart> Text(MigrationImport import, bool isDryRun)
    {
        yield return new TextLine(
            string.Create(CultureInfo.InvariantCulture, $"{(isDryRun ? "Would be recorded" : "Recorded")} as applied: {import.Recorded.Count}{string.Concat(import.Recorded.Select(static id => $"{Environment.NewLine}  {id}"))}"),
            TextTone.Good);
        if (import.NotFound.Count > 0)
        {
            yield return new TextLine($"No file stands for:{string.Concat(import.NotFound.Select(static row => $"{Environment.NewLine}  {row}"))}", TextTone.Warning);
        }

        foreach (var line in DriftLines.Text(import.Drift))
        {
            yield return line;
        }
    }

    private static JsonObject Document(MigrationImport import) => new()
    {
        ["recorded"] = JsonText.Of(import.Recorded),
        ["appliedBefore"] = JsonText.Of(import.AppliedBefore),
        ["notFound"] = JsonText.Of(import.NotFound.Select(static row => new JsonObject { ["database"] = JsonText.Of(row.Database), ["version"] = row.Version, ["name"] = row.Name })),
        ["drift"] = DriftLines.Document(import.Drift),
    };
}
