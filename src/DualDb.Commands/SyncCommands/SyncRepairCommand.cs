using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using DualDb.Commands.Frame;
using DualDb.Commands.Output;
using DualDb.Consistency.Operators;
using DualDb.Consistency.Sync.Verification;

namespace DualDb.Commands.SyncCommands;

/// <summary><c>dualdb sync repair</c>.</summary>
internal static class SyncRepairCommand
{
    public static Command Create(CommandFrame frame)
    {
        var truth = new Option<RepairTruth>("--truth") { Description = "Whose rows are right; the target's only for two-way maps", DefaultValueFactory = static _ => RepairTruth.Source };
        var insertOnly = new Option<bool>("--insert-only") { Description = "Add rows that one side lacks; overwrite and delete none" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would be done, and change nothing" };
        var command = new ExampleCommand(
            "repair",
            "Compares the rows of both databases, and puts right those that differ. Asks before it does. A node has to run.",
            "dualdb sync repair --map members --dry-run --project src/Shop",
            "dualdb sync repair --map members --insert-only --yes --project src/Shop")
        {
            truth,
            insertOnly,
            dryRun,
        };
        var options = new ComparisonOptions().AddTo(command);
        return frame.Handle(command, async (call, cancellationToken) =>
        {
            var sync = call.Target.Sync;
            call.Output.Say("Comparing both databases …");
            var report = await sync.VerifyAsync(options.Of(call, orphans: false), cancellationToken).ConfigureAwait(false);
            var differences = report.Maps.Sum(static map => map.Differences.Count);
            if (differences > 0 && !call.Value(dryRun))
            {
                await call.Output.ConfirmAsync(
                    string.Create(CultureInfo.InvariantCulture, $"{differences} rows differ; the {(call.Value(truth) == RepairTruth.Source ? "source" : "target")}'s are taken for right{(call.Value(insertOnly) ? ", and only missing ones are added" : ", and others are overwritten or deleted")}."),
                    cancellationToken).ConfigureAwait(false);
            }

            var repair = new RepairOptions { Truth = call.Value(truth), InsertOnly = call.Value(insertOnly), DryRun = call.Value(dryRun), Patience = options.Patience(call) ?? new RepairOptions().Patience };
            return Result(call.Target.Redaction, differences, call.Value(dryRun), differences == 0 ? [] : await sync.RepairAsync(report, repair, cancellationToken).ConfigureAwait(false));
        });
    }

    private static CommandResult Result(IPayloadRedaction redaction, int differences, bool isDryRun, IReadOnlyList<RepairAction> actions) => new(
        new JsonObject
        {
            ["differences"] = differences,
            ["isDryRun"] = isDryRun,
            ["actions"] = JsonText.Of(actions.Select(action => new JsonObject
            {
                ["map"] = action.Difference.Map, ["key"] = JsonText.Parse(redaction.RowKey(action.Difference.Map, action.Difference.Key)), ["kind"] = JsonText.Of(action.Difference.Kind), ["action"] = action.Action,
            })),
        },
        differences == 0
            ? [new TextLine("Nothing differs.", TextTone.Good)]
            : [new TextTable(["map", "key", isDryRun ? "would be" : "done"], [.. actions.Select(action => (IReadOnlyList<string>)[action.Difference.Map, redaction.RowKey(action.Difference.Map, action.Difference.Key)!, action.Action])])]);
}
