using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using DualDb.Commands.Frame;
using DualDb.Commands.Output;
using DualDb.Commands.Targets;
using DualDb.Consistency.Events;

namespace DualDb.Commands.OutboxCommands;

/// <summary><c>dualdb outbox replay</c>.</summary>
internal static class OutboxReplayCommand
{
    public static Command Create(CommandFrame frame)
    {
        var id = new Argument<string?>("delivery") { Description = "One delivery, such as neon/42", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all") { Description = "All that were given up" };
        var reason = new Option<string?>("--reason") { Description = "Why, for the audit" };
        var actor = Actor.Option();
        var command = new ExampleCommand(
            "replay",
            "Has deliveries that were given up tried again, from the first attempt on.",
            "dualdb outbox replay neon/42",
            "dualdb outbox replay --handler SendReceipt --reason \"the mail server is back\"",
            "dualdb outbox replay --all")
        {
            id,
            all,
            reason,
            actor,
        };
        var which = new LetterOptions().AddTo(command);
        return frame.Handle(command, async (call, cancellationToken) =>
        {
            var (one, saysSome) = (call.Value(id), which.SaysAnything(call));
            if (new[] { one is not null, saysSome, call.Value(all) }.Count(static said => said) != 1)
            {
                throw new UsageException("Say which deliveries: one by its name (neon/42), those of a --handler, --event, --key, --group or --database, or --all.");
            }

            var letters = call.Target.DeadLetters;
            var replayed = one is null
                ? await letters.ReplayAsync(which.Filter(call, DeliveryState.Dead), Actor.Of(call, actor), call.Value(reason), cancellationToken).ConfigureAwait(false)
                : await letters.ReplayAsync(await LetterId.RequireAsync(call, one, cancellationToken).ConfigureAwait(false), Actor.Of(call, actor), call.Value(reason), cancellationToken).ConfigureAwait(false) ? 1 : 0;
            return new CommandResult(
                new JsonObject { ["replayed"] = replayed },
                new TextLine(string.Create(CultureInfo.InvariantCulture, $"{replayed} will be tried again at once, by the node that delivers."), TextTone.Good));
        });
    }
}
