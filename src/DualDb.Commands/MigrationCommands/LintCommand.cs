using System.CommandLine;
using System.Text.Json.Nodes;
using DualDb.Commands.Frame;
using DualDb.Commands.Output;
using DualDb.Migrations;

namespace DualDb.Commands.MigrationCommands;

/// <summary><c>dualdb migrations lint</c>.</summary>
internal static class LintCommand
{
    public static Command Create(CommandFrame frame)
    {
        var command = new ExampleCommand(
            "lint",
            "Names statements that are likely to disturb an application that runs; with a model (--assembly, --project) also what they do to synchronised columns. Asks no database; ends with 4 where it finds any.",
            "dualdb migrations lint",
            "dualdb migrations lint --folder db/migrations --json",
            "dualdb migrations lint --assembly bin/Release/net10.0/Shop.dll");
        return frame.Handle(command, (call, _) =>
        {
            var findings = call.Target.IsModelKnown ? call.Target.Migrations.Lint(call.Target.Model) : call.Target.Migrations.Lint();
            var json = new JsonObject
            {
                ["findings"] = JsonText.Of(findings.Select(Document)),
            };
            return Task.FromResult(findings.Count == 0
                ? new CommandResult(json, new TextLine("Nothing found.", TextTone.Good))
                : new CommandResult(json, [.. findings.Select(static finding => new TextLine(finding.ToString(), TextTone.Warning))]) { ExitCode = ExitCodes.Differences });
        });
    }

    /// <summary>A finding for tools.</summary>
    public static JsonObject Document(MigrationFinding finding) => new()
    {
        ["rule"] = finding.Rule,
        ["id"] = finding.Id.ToString(),
        ["source"] = finding.Source,
        ["line"] = finding.Line,
        ["message"] = finding.Message,
    };
}
