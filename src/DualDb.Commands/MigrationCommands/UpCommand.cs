using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using DualDb.Commands.Frame;
using DualDb.Commands.Output;
using DualDb.Migrations;
using DualDb.Migrations.Linting;

namespace DualDb.Commands.MigrationCommands;

/// <summary><c>dualdb migrations up</c> and <c>resume</c>.</summary>
internal static class UpCommand
{
    public static Command Create(CommandFrame frame)
    {
        var command = new ExampleCommand(
            "up",
            "Applies what is pending, over both databases, in order. Waits where another migrator is at work; goes on where an earlier run broke off.",
            "dualdb migrations up",
            "dualdb migrations up --through switch --plan-hash 0f6c0de2b2a1d8f7c3a95b1e4d7f9a20",
            "dualdb migrations up --on-failure compensate --yes",
            "dualdb migrations up --seeds");
        var options = new RunOptions().AddReading(command).AddSeeds(command).AddWriting(command, applies: true);
        return frame.Handle(command, async (call, cancellationToken) => await RunAsync(call, options, await options.Runner(call).PlanAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false));
    }

    public static Command CreateResume(CommandFrame frame)
    {
        var command = new ExampleCommand(
            "resume",
            "Brings the run that broke off or failed to its end, up or down, and applies nothing that it was not to. Does nothing where none did.",
            "dualdb migrations resume",
            "dualdb migrations resume --json");
        var options = new RunOptions().AddReading(command).AddWriting(command, applies: true);
        return frame.Handle(command, async (call, cancellationToken) =>
        {
            var runner = options.Runner(call);
            var down = await runner.PlanDownAsync(1, cancellationToken).ConfigureAwait(false);
            if (down.Resumes is not null)
            {
                return await DownCommand.RunAsync(call, options, down, cancellationToken).ConfigureAwait(false);
            }

            // No more than that run was to apply: what was added since, or waits for a later phase, is 'up's to ask about.
            var plan = (await runner.PlanAsync(cancellationToken).ConfigureAwait(false)).RestOfBrokenRun();
            return plan.Resumes is null
                ? new CommandResult(Document(new MigrationRun(null, [])), new TextLine("No run broke off.", TextTone.Good))
                : await RunAsync(call, options, plan, cancellationToken).ConfigureAwait(false);
        });
    }

    private static async Task<CommandResult> RunAsync(CommandCall call, RunOptions options, MigrationPlan plan, CancellationToken cancellationToken)
    {
        if (plan.IsEmpty)
        {
            return new CommandResult(Document(new MigrationRun(null, [])), new TextLine("Nothing to apply.", TextTone.Good));
        }

        foreach (var remark in await options.Runner(call).FindRemarksAsync(plan, cancellationToken).ConfigureAwait(false))
        {
            call.Output.Say($"{remark.Database}: {remark.Message}");
        }

        if (TakingAway(plan) is { Count: > 0 } taking)
        {
            await call.Output.ConfirmAsync($"These take something away that the databases hold: {string.Join(", ", taking)}.", cancellationToken).ConfigureAwait(false);
        }

        var run = await call.Output.TrackAsync(progress => options.Runner(call, progress).RunAsync(plan, cancellationToken)).ConfigureAwait(false);
        var applied = run.Applied.Count == 1 ? "1 migration" : string.Create(CultureInfo.InvariantCulture, $"{run.Applied.Count} migrations");
        return new CommandResult(Document(run), [.. Text(run, applied)]);
    }

    // Also where a run broke off: an application may have begun it, which asks nobody, and a file may say something else since. What is only undone was asked for with the policy.
    private static List<string> TakingAway(MigrationPlan plan) => plan.IsUndoing
        ? []
        : [
            .. plan.Migrations.Where(static migration => migration.TakesAway).Select(static migration => $"{migration.Id}{LinesOf(migration)}"),
            .. plan.Seeding.Pending.Where(static pending => MigrationLosses.AreIn(pending.Seed)).Select(static pending => pending.Seed.Id.ToString()),
        ];

    private static string LinesOf(PlannedMigration migration) => migration.LosingLines switch
    {
        [] => "",
        [var line] => string.Create(CultureInfo.InvariantCulture, $" (line {line})"),
        var lines => $" (lines {string.Join(", ", lines.Select(static line => line.ToString(CultureInfo.InvariantCulture)))})",
    };

    private static IEnumerable<TextPart> Text(MigrationRun run, string applied)
    {
        yield return new TextLine($"Applied {applied}{string.Concat(run.Applied.Select(static id => $"{Environment.NewLine}  {id}"))}", TextTone.Good);
        if (run.Seeds.Count > 0)
        {
            yield return new TextLine($"Inserted the rows of{string.Concat(run.Seeds.Select(static id => $"{Environment.NewLine}  {id}"))}", TextTone.Good);
        }

        foreach (var line in DriftLines.Text(run.Drift))
        {
            yield return line;
        }

        var toVerify = run.ChangedTables.Where(static changed => changed.IsSynchronized).Select(static changed => $"{changed.Migration.Database}: {changed.Table}").Distinct(StringComparer.Ordinal).ToList();
        if (toVerify.Count > 0)
        {
            yield return new TextLine($"Altered and synchronised, to be compared with 'dualdb sync verify':{string.Concat(toVerify.Select(static table => $"{Environment.NewLine}  {table}"))}", TextTone.Warning);
        }
    }

    private static JsonObject Document(MigrationRun run) => new()
    {
        ["run"] = run.RunId?.ToString(),
        ["applied"] = JsonText.Of(run.Applied),
        ["seeds"] = JsonText.Of(run.Seeds),
        ["drift"] = DriftLines.Document(run.Drift),
        ["changedTables"] = JsonText.Of(run.ChangedTables.Select(static changed => new JsonObject
        {
            ["migration"] = changed.Migration.ToString(), ["table"] = changed.Table, ["isSynchronized"] = changed.IsSynchronized, ["isDropped"] = changed.IsDropped,
        })),
    };
}
