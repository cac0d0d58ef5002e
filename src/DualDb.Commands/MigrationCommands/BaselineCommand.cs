using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using DualDb.Commands.Frame;
using DualDb.Commands.Output;
using DualDb.Migrations;

namespace DualDb.Commands.MigrationCommands;

/// <summary><c>dualdb migrations baseline</c>.</summary>
internal static class BaselineCommand
{
    public static Command Create(CommandFrame frame)
    {
        var last = new Argument<string>("migration") { Description = "The last migration that its database holds already" };
        var command = new ExampleCommand(
            "baseline",
            "Takes a migration, and those before it in its database, for applied without running them. Once for each database.",
            "dualdb migrations baseline neon/20260101T1200_create_orders")
        {
            last,
        };
        var options = new RunOptions().AddReading(command).AddWriting(command, applies: false);
        return frame.Handle(command, async (call, cancellationToken) =>
        {
            var baseline = await options.Runner(call).BaselineAsync(MigrationId.Parse(call.Value(last)), cancellationToken).ConfigureAwait(false);
            var recorded = string.Create(CultureInfo.InvariantCulture, $"Recorded as applied: {baseline.Recorded.Count}{string.Concat(baseline.Recorded.Select(static id => $"{Environment.NewLine}  {id}"))}");
            return new CommandResult(
                new JsonObject { ["recorded"] = JsonText.Of(baseline.Recorded), ["drift"] = DriftLines.Document(baseline.Drift) }, [new TextLine(recorded, TextTone.Good), .. DriftLines.Text(baseline.Drift)]);
        });
    }
}
