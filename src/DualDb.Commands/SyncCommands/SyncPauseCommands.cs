using System.CommandLine;
using System.Text.Json.Nodes;
using DualDb.Commands.Frame;
using DualDb.Commands.Output;

namespace DualDb.Commands.SyncCommands;

/// <summary><c>dualdb sync pause</c> and <c>resume</c>.</summary>
internal static class SyncPauseCommands
{
    public static Command CreatePause(CommandFrame frame)
    {
        var map = new Argument<string>("map") { Description = "The map" };
        var reason = new Option<string>("--reason") { Description = "Why, for whoever finds it paused", Required = true };
        var lasting = new Option<string?>("--for") { Description = "After what time it goes on by itself, such as 30min [default: when it is resumed]" };
        var actor = Actor.Option();
        var command = new ExampleCommand("pause", "Has the changes of a map wait, both ways; those of others are carried.", "dualdb sync pause orders --reason \"the copy is rebuilt\" --for 30min --project src/Shop")
        {
            map,
            reason,
            lasting,
            actor,
        };
        return frame.Handle(command, async (call, cancellationToken) =>
        {
            var name = call.Value(map);
            await call.Target.Sync.PauseAsync(name, call.Value(reason)!, Actor.Of(call, actor), Duration.Parse("--for", call.Value(lasting)), cancellationToken).ConfigureAwait(false);
            return new CommandResult(
                new JsonObject { ["map"] = name, ["isPaused"] = true },
                new TextLine($"{name} is paused, and nothing of it is being applied. Its changes wait in the log.", TextTone.Good));
        });
    }

    public static Command CreateResume(CommandFrame frame)
    {
        var map = new Argument<string>("map") { Description = "The map" };
        var actor = Actor.Option();
        var command = new ExampleCommand("resume", "Has a map go on that was paused by hand.", "dualdb sync resume orders --project src/Shop") { map, actor };
        return frame.Handle(command, async (call, cancellationToken) =>
        {
            var name = call.Value(map);
            var wasPaused = await call.Target.Sync.ResumeAsync(name, Actor.Of(call, actor), cancellationToken).ConfigureAwait(false);
            return new CommandResult(
                new JsonObject { ["map"] = name, ["isPaused"] = false, ["wasPaused"] = wasPaused },
                wasPaused ? new TextLine($"{name} goes on, on the node that carries it.", TextTone.Good) : new TextLine($"{name} was not paused by hand."));
        });
    }
}
