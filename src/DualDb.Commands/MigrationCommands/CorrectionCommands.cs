using System.CommandLine;
using System.Text.Json.Nodes;
using DualDb.Commands.Frame;
using DualDb.Commands.Output;
using DualDb.Commands.Targets;
using DualDb.Migrations;

namespace DualDb.Commands.MigrationCommands;

/// <summary><c>dualdb migrations repair</c> and <c>resolve</c>: what a person says of the history.</summary>
internal static class CorrectionCommands
{
    public static Command CreateRepair(CommandFrame frame)
    {
        var id = new Argument<string>("migration") { Description = "The migration that the history and the files disagree about" };
        var command = new ExampleCommand(
            "repair",
            "Takes the present text of a changed migration for the one that was applied, or forgets a missing one. Runs no statement. Asks before it does.",
            "dualdb migrations repair neon/20260101T1200_create_orders")
        {
            id,
        };
        return frame.Handle(command, async (call, cancellationToken) =>
        {
            var migration = MigrationId.Parse(call.Value(id));
            var runner = call.Target.Runner(static _ => { });
            await call.Output.ConfirmAsync($"This changes what the history of {migration.Database} says of {migration}, and no statement is run.", cancellationToken).ConfigureAwait(false);
            await runner.RepairAsync(migration, cancellationToken).ConfigureAwait(false);
            return new CommandResult(new JsonObject { ["repaired"] = migration.ToString() }, new TextLine($"The history is in line with {migration}.", TextTone.Good));
        });
    }

    public static Command CreateResolve(CommandFrame frame)
    {
        var id = new Argument<string>("migration") { Description = "The migration of which a statement is in doubt" };
        var done = new Option<bool>("--done") { Description = "The statement was done: the next run goes on behind it" };
        var notDone = new Option<bool>("--not-done") { Description = "The statement was not done: the next run runs it again" };
        var command = new ExampleCommand(
            "resolve",
            "Says whether a statement was done that a run broke off at, and that only a person can tell. Look into the database first.",
            "dualdb migrations resolve neon/20260101T1200_refill --done")
        {
            id,
            done,
            notDone,
        };
        return frame.Handle(command, async (call, cancellationToken) =>
        {
            if (call.Value(done) == call.Value(notDone))
            {
                throw new UsageException("Say one of --done and --not-done.");
            }

            var migration = MigrationId.Parse(call.Value(id));
            await call.Target.Runner(static _ => { }).ResolveAsync(migration, call.Value(done), cancellationToken).ConfigureAwait(false);
            return new CommandResult(
                new JsonObject { ["resolved"] = migration.ToString(), ["wasDone"] = call.Value(done) },
                new TextLine($"Written down for {migration}. Run 'dualdb migrations resume'.", TextTone.Good));
        });
    }
}
