using System.CommandLine;
using System.Text.Json.Nodes;
using DualDb.Commands.Frame;
using DualDb.Commands.Output;
using DualDb.Commands.Targets;

namespace DualDb.Commands.SagaCommands;

/// <summary><c>dualdb saga retry</c>, <c>skip</c> and <c>compensate</c>: what needs the definition of the saga, and with it the application.</summary>
internal static class SagaInterventions
{
    public static Command CreateRetry(CommandFrame frame)
    {
        var step = new Argument<string?>("step") { Description = "The step; none has the instance go on where it stopped", Arity = ArgumentArity.ZeroOrOne };
        var command = new ExampleCommand(
            "retry",
            "Has an instance, or one step of it, tried again at once; attempts are counted from the beginning.",
            "dualdb saga retry place-order 4711 --reason \"the payment service is back\" --project src/Shop",
            "dualdb saga retry place-order 4711 ChargeCard --reason \"the payment service is back\" --project src/Shop");
        var words = new Words(command, step);
        return frame.Handle(command, async (call, cancellationToken) =>
        {
            var (saga, id, who, why) = words.Of(call);
            await (call.Value(step) is { } one
                ? call.Target.Sagas.RetryStepAsync(saga, id, one, who, why, cancellationToken)
                : call.Target.Sagas.ResumeAsync(saga, id, who, why, cancellationToken)).ConfigureAwait(false);
            return Done(saga, id, "retry", $"{saga} {id} goes on, on the node that picks it up.");
        });
    }

    public static Command CreateSkip(CommandFrame frame)
    {
        var step = new Argument<string>("step") { Description = "The step" };
        var result = new Option<string?>("--result") { Description = "Its result as JSON, for a step that returns something" };
        var compensation = new Option<bool>("--compensation") { Description = "Its way back, and not the step itself" };
        var command = new ExampleCommand(
            "skip",
            "Takes a step for done, or its way back. Asks before it does.",
            "dualdb saga skip place-order 4711 SendReceipt --reason \"sent by hand\" --project src/Shop",
            "dualdb saga skip place-order 4711 ChargeCard --compensation --reason \"refunded by hand\" --project src/Shop");
        var words = new Words(command, step, result, compensation);
        return frame.Handle(command, async (call, cancellationToken) =>
        {
            var (saga, id, who, why) = words.Of(call);
            if (call.Value(compensation) && call.Value(result) is not null)
            {
                throw new UsageException("A way back has no result. Leave --result or --compensation out.");
            }

            var sagas = call.Target.Sagas;
            await call.Output.ConfirmAsync($"{(call.Value(compensation) ? "The way back of " : "")}{call.Value(step)} of {saga} {id} will be taken for done, and will never run.", cancellationToken).ConfigureAwait(false);
            await (call.Value(compensation)
                ? sagas.SkipCompensationAsync(saga, id, call.Value(step), who, why, cancellationToken)
                : sagas.SkipStepAsync(saga, id, call.Value(step), who, why, call.Value(result), cancellationToken)).ConfigureAwait(false);
            return Done(saga, id, "skip", $"{call.Value(step)} of {saga} {id} is taken for done.");
        });
    }

    public static Command CreateCompensate(CommandFrame frame)
    {
        var command = new ExampleCommand(
            "compensate",
            "Has an instance undo what it has done, also one that is completed. Asks before it does.",
            "dualdb saga compensate place-order 4711 --reason \"the customer called\" --project src/Shop");
        var words = new Words(command);
        return frame.Handle(command, async (call, cancellationToken) =>
        {
            var (saga, id, who, why) = words.Of(call);
            var sagas = call.Target.Sagas;
            await call.Output.ConfirmAsync($"{saga} {id} will undo what it has done.", cancellationToken).ConfigureAwait(false);
            await sagas.CompensateAsync(saga, id, who, why, cancellationToken).ConfigureAwait(false);
            return Done(saga, id, "compensate", $"{saga} {id} goes back, on the node that picks it up.");
        });
    }

    private static CommandResult Done(string saga, string id, string action, string text)
        => new(new JsonObject { ["saga"] = saga, ["id"] = id, ["action"] = action }, new TextLine(text, TextTone.Good));

    /// <summary>What all of them take.</summary>
    private sealed class Words
    {
        private readonly Argument<string> _saga = new("saga") { Description = "The name of the saga" };
        private readonly Argument<string> _id = new("id") { Description = "The id" };
        private readonly Option<string> _reason = new("--reason") { Description = "Why, for the audit", Required = true };
        private readonly Option<string?> _actor = Actor.Option();

        public Words(Command command, params IReadOnlyList<Symbol> others)
        {
            command.Add(_saga);
            command.Add(_id);
            foreach (var argument in others.OfType<Argument>())
            {
                command.Add(argument);
            }

            command.Add(_reason);
            command.Add(_actor);
            foreach (var option in others.OfType<Option>())
            {
                command.Add(option);
            }
        }

        public (string Saga, string Id, string Who, string Why) Of(CommandCall call) => (call.Value(_saga), call.Value(_id), Actor.Of(call, _actor), call.Value(_reason)!);
    }
}
