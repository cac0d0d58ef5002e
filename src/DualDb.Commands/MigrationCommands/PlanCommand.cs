using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using DualDb.Commands.Frame;
using DualDb.Commands.Output;
using DualDb.Migrations;

namespace DualDb.Commands.MigrationCommands;

/// <summary><c>dualdb migrations plan</c>.</summary>
internal static class PlanCommand
{
    public static Command Create(CommandFrame frame)
    {
        var check = new Option<bool>("--check") { Description = "End with 4 where anything is pending" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Run the statements in one transaction for each database, and roll both back: on a branch of the database" };
        var command = new ExampleCommand(
            "plan",
            "Shows what would be applied, over both databases, in order. Changes nothing.",
            "dualdb migrations plan",
            "dualdb migrations plan --through switch --json",
            "dualdb migrations plan --dry-run")
        {
            check,
            dryRun,
        };
        var options = new RunOptions().AddReading(command).AddSeeds(command);
        return frame.Handle(command, async (call, cancellationToken) =>
        {
            var runner = options.Runner(call);
            var plan = await runner.PlanAsync(cancellationToken).ConfigureAwait(false);
            var json = JsonNode.Parse(plan.ToJson())!.AsObject();
            var text = new List<TextPart> { new TextLine(plan.ToString()) };
            DriftLines.Add(plan.IsEmpty ? [] : await runner.FindDriftAsync(cancellationToken).ConfigureAwait(false), json, text);
            Add(plan.IsEmpty ? [] : await runner.FindRemarksAsync(plan, cancellationToken).ConfigureAwait(false), json, text);
            if (call.Value(dryRun))
            {
                Add(await runner.DryRunAsync(plan, cancellationToken).ConfigureAwait(false), json, text);
            }

            return new CommandResult(json, text) { ExitCode = call.Value(check) && !plan.IsEmpty ? ExitCodes.Differences : ExitCodes.Done };
        });
    }

    private static void Add(IReadOnlyList<MigrationRemark> remarks, JsonObject json, List<TextPart> text)
    {
        json["remarks"] = JsonText.Of(remarks.Select(static remark => new JsonObject { ["database"] = JsonText.Of(remark.Database), ["message"] = remark.Message }));
        text.AddRange(remarks.Select(static remark => new TextLine($"{remark.Database}: {remark.Message}")));
    }

    private static void Add(MigrationDryRun tried, JsonObject json, List<TextPart> text)
    {
        json["dryRun"] = new JsonObject
        {
            ["tried"] = JsonText.Of(tried.Tried),
            ["notRun"] = JsonText.Of(tried.NotRun.Select(Json)),
        };
        text.Add(new TextLine(string.Create(CultureInfo.InvariantCulture, $"Tried and rolled back: {tried.Tried.Count} of them."), TextTone.Good));
        text.AddRange(tried.NotRun.Select(static skipped => new TextLine($"Not tried: {skipped}", TextTone.Warning)));
    }

    private static JsonObject Json(SkippedStatement skipped)
    {
        var json = new JsonObject { ["id"] = skipped.Id.ToString(), ["statement"] = skipped.Statement };
        if (skipped.DependsOn is { } cause)
        {
            json["dependsOn"] = new JsonObject { ["id"] = cause.Id.ToString(), ["statement"] = cause.Statement };
            json["answer"] = skipped.Answer;
        }

        return json;
    }
}
