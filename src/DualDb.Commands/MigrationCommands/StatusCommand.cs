using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using DualDb.Commands.Frame;
using DualDb.Commands.Output;
using DualDb.Migrations;

namespace DualDb.Commands.MigrationCommands;

/// <summary><c>dualdb migrations status</c>.</summary>
internal static class StatusCommand
{
    public static Command Create(CommandFrame frame)
    {
        var home = RunOptions.HomeOption();
        var check = new Option<bool>("--check") { Description = "End with 4 where anything is pending, changed, missing or broken off" };
        var command = new ExampleCommand(
            "status",
            "Shows how every migration stands in its database. Changes nothing, and refuses nothing where files and history disagree.",
            "dualdb migrations status",
            "dualdb migrations status --check --json")
        {
            home,
            check,
        };
        return frame.Handle(command, async (call, cancellationToken) =>
        {
            var status = await call.Target.Runner(options => options.Home = call.Value(home) ?? options.Home).StatusAsync(cancellationToken).ConfigureAwait(false);
            var isInOrder = status is { Pending: 0, UnfinishedRun: null } && status.Migrations.All(static migration => migration is { IsAtHand: true, IsChanged: false } or { Id.IsRepeatable: true });
            return new CommandResult(Document(status), [.. Text(status)]) { ExitCode = call.Value(check) && !isInOrder ? ExitCodes.Differences : ExitCodes.Done };
        });
    }

    private static IEnumerable<TextPart> Text(MigrationStatus status)
    {
        if (status.Migrations.Count > 0)
        {
            yield return new TextTable(["migration", "state", "finished", "took", "by"], [.. status.Migrations.Select(Row)]);
        }

        yield return new TextLine(status.Pending == 0 ? "Nothing is pending." : string.Create(CultureInfo.InvariantCulture, $"{status.Pending} pending."), status.Pending == 0 ? TextTone.Good : TextTone.Plain);
        if (status.UnfinishedRun is { } run)
        {
            yield return run.IsUnderWay ? new TextLine($"The run {run.RunId} is under way: a migrator holds the lock.") : new TextLine($"The run {run.RunId} {(run.IsUndoing ? "broke off while it undid what was applied" : run.Error is null ? "broke off" : "failed")}. Run 'dualdb migrations resume'.{(run.Error is { } error ? $"{Environment.NewLine}{error}" : "")}", TextTone.Warning);
        }

        foreach (var stopped in status.StoppedWrites)
        {
            yield return new TextLine($"Mind that {stopped}.", TextTone.Bad);
        }
    }

    private static IReadOnlyList<string> Row(MigrationStanding migration) =>
    [
        migration.Id.ToString(),
        StateOf(migration),
        migration.FinishedAt?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "",
        migration.Duration is { } took && migration.State != MigrationStandingState.Pending ? string.Create(CultureInfo.InvariantCulture, $"{took.TotalSeconds:0.00} s") : "",
        migration.Actor ?? "",
    ];

    private static string StateOf(MigrationStanding migration)
        => JsonText.Of(migration.State)
            + (migration.State == MigrationStandingState.Applying ? string.Create(CultureInfo.InvariantCulture, $", {migration.Done} of {migration.Statements}") : "")
            + (migration.IsStatementOpen ? ", one statement open" : "")
            + (migration.IsChanged ? ", changed since" : "")
            + (migration.IsAtHand ? "" : ", file missing");

    private static JsonObject Document(MigrationStatus status) => new()
    {
        ["pending"] = status.Pending,
        ["unfinishedRun"] = status.UnfinishedRun is { } run ? new JsonObject { ["run"] = run.RunId.ToString(), ["isUndoing"] = run.IsUndoing, ["isUnderWay"] = run.IsUnderWay, ["error"] = run.Error } : null,
        ["stoppedWrites"] = JsonText.Of(status.StoppedWrites.Select(static stopped => new JsonObject
        {
            ["database"] = JsonText.Of(stopped.Database), ["table"] = stopped.Table, ["target"] = JsonText.Of(stopped.Target), ["targetTable"] = stopped.TargetTable, ["since"] = stopped.Since, ["isWayBack"] = stopped.IsWayBack,
        })),
        ["migrations"] = JsonText.Of(status.Migrations.Select(static migration => new JsonObject
        {
            ["id"] = migration.Id.ToString(),
            ["database"] = JsonText.Of(migration.Id.Database),
            ["state"] = JsonText.Of(migration.State),
            ["isRepeatable"] = migration.Id.IsRepeatable,
            ["isAtHand"] = migration.IsAtHand,
            ["isChanged"] = migration.IsChanged,
            ["isStatementOpen"] = migration.IsStatementOpen,
            ["done"] = migration.Done,
            ["statements"] = migration.Statements,
            ["finishedAt"] = migration.FinishedAt,
            ["seconds"] = migration.Duration?.TotalSeconds,
            ["actor"] = migration.Actor,
            ["error"] = migration.Error,
        })),
    };
}
