using System.CommandLine;
using System.Text.Json.Nodes;
using DualDb.Commands.Frame;
using DualDb.Commands.Output;
using DualDb.Commands.Targets;

namespace DualDb.Commands.OutboxCommands;

/// <summary><c>dualdb outbox discard</c>.</summary>
internal static class OutboxDiscardCommand
{
    public static Command Create(CommandFrame frame)
    {
        var id = new Argument<string>("delivery") { Description = "The delivery, such as neon/42" };
        var reason = new Option<string>("--reason") { Description = "Why, for the audit", Required = true };
        var actor = Actor.Option();
        var command = new ExampleCommand(
            "discard",
            "Gives a delivery up for good; what waits behind it goes on. Asks before it does.",
            "dualdb outbox discard neon/42 --reason \"the order was a test\"")
        {
            id,
            reason,
            actor,
        };
        return frame.Handle(command, async (call, cancellationToken) =>
        {
            var letter = await LetterId.RequireAsync(call, call.Value(id), cancellationToken).ConfigureAwait(false);
            await call.Output.ConfirmAsync($"The handler {letter.Handler} will never get the event {letter.Event.Name} of the delivery {LetterId.Of(letter)}.", cancellationToken).ConfigureAwait(false);
            return await call.Target.DeadLetters.DiscardAsync(letter, Actor.Of(call, actor), call.Value(reason)!, cancellationToken).ConfigureAwait(false)
                ? new CommandResult(new JsonObject { ["discarded"] = LetterId.Of(letter) }, new TextLine($"Discarded {LetterId.Of(letter)}.", TextTone.Good))
                : throw new RefusedException($"The delivery {LetterId.Of(letter)} is {JsonText.Of(letter.State)}, and only one that was given up is discarded. Nothing was changed.");
        });
    }
}
