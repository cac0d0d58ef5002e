using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using DualDb.Commands.Frame;
using DualDb.Commands.Output;
using DualDb.Commands.Targets;
using DualDb.Migrations;

namespace DualDb.Commands.MigrationCommands;

/// <summary><c>dualdb migrations down</c>.</summary>
internal static class DownCommand
{
    public static Command Create(CommandFrame frame)
    {
        var steps = new Option<int?>("--steps") { Description = "How many migrations are undone, counted over both databases [default: 1]" };
        var to = new Option<string?>("--to") { Description = "The last migration that stays, such as neon/20260101T1200_create_orders" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would be undone, and change nothing" };
        var command = new ExampleCommand(
            "down",
            "Undoes the last migrations by their parts '-- down:', over both databases, the last first. Asks before it does.",
            "dualdb migrations down",
            "dualdb migrations down --steps 3 --yes",
            "dualdb migrations down --to neon/20260101T1200_create_orders --dry-run")
        {
            steps,
            to,
            dryRun,
        };
        var options = new RunOptions().AddReading(command).AddWriting(command, applies: false);
        return frame.Handle(command, async (call, cancellationToken) =>
        {
            var plan = await PlanAsync(options.Runner(call), call.Value(steps), call.Value(to), cancellationToken).ConfigureAwait(false);
            if (plan.IsEmpty)
            {
                return new CommandResult(new JsonObject { ["undone"] = JsonText.Of(plan.Migrations) }, new TextLine("Nothing to undo.", TextTone.Good));
            }

            if (call.Value(dryRun))
            {
                return new CommandResult(new JsonObject { ["toUndo"] = JsonText.Of(plan.Migrations) }, new TextLine($"Would undo, in this order:{List(plan.Migrations)}"));
            }

            return await RunAsync(call, options, plan, cancellationToken).ConfigureAwait(false);
        });
    }

    /// <summary>Asks, and runs a plan; also one that broke off: what was begun may have been begun by somebody else, and a file may say something else since.</summary>
    public static async Task<CommandResult> RunAsync(CommandCall call, RunOptions options, MigrationDownPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Migrations.Count > 0)
        {
            await call.Output.ConfirmAsync($"This undoes, with the data that they hold:{List(plan.Migrations)}", cancellationToken).ConfigureAwait(false);
        }

        var run = await call.Output.TrackAsync(progress => options.Runner(call, progress).DownAsync(plan, cancellationToken)).ConfigureAwait(false);
        var count = run.Undone.Count == 1 ? "1 migration" : string.Create(CultureInfo.InvariantCulture, $"{run.Undone.Count} migrations");
        var goneSeeds = run.GoneSeeds.Count == 0 ? [] : (TextLine[])[new TextLine($"With their tables went the rows of these, which 'up --seeds' inserts again:{List(run.GoneSeeds)}")];
        var partlyGone = run.PartlyGoneSeeds.Count == 0 ? [] : (TextLine[])[new TextLine($"With some of their tables went a part of the rows of these, which are not inserted again; write those that are missing into a file of another name:{List(run.PartlyGoneSeeds)}", TextTone.Warning)];
        return new CommandResult(
            new JsonObject { ["undone"] = JsonText.Of(run.Undone), ["goneSeeds"] = JsonText.Of(run.GoneSeeds), ["partlyGoneSeeds"] = JsonText.Of(run.PartlyGoneSeeds), ["drift"] = DriftLines.Document(run.Drift) },
            [new TextLine($"Undone {count}{List(run.Undone)}", TextTone.Good), .. goneSeeds, .. partlyGone, .. DriftLines.Text(run.Drift)]);
    }

    private static Task<MigrationDownPlan> PlanAsync(MigrationRunner runner, int? steps, string? to, CancellationToken cancellationToken) => (steps, to) switch
    {
        (not null, not null) => throw new UsageException("--steps and --to say the same in two ways. Write one of them."),
        ( < 1, _) => throw new UsageException("--steps has to be 1 or more."),
        (_, { } last) => runner.PlanDownAsync(MigrationId.Parse(last), cancellationToken),
        _ => runner.PlanDownAsync(steps ?? 1, cancellationToken),
    };

    private static string List(IEnumerable<MigrationId> ids) => string.Concat(ids.Select(static id => $"{Environment.NewLine}  {id}"));
}
