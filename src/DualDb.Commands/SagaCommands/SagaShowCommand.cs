using System.CommandLine;
using System.Globalization;
using DualDb.Commands.Frame;
using DualDb.Commands.Output;
using DualDb.Commands.Targets;
using DualDb.Consistency.Operators;
using DualDb.Consistency.Sagas;

namespace DualDb.Commands.SagaCommands;

/// <summary><c>dualdb saga show</c>.</summary>
internal static class SagaShowCommand
{
    public static Command Create(CommandFrame frame)
    {
        var saga = new Argument<string>("saga") { Description = "The name of the saga" };
        var id = new Argument<string>("id") { Description = "The id" };
        var payloads = new Option<bool>("--payloads") { Description = "With input and results, what the model marks as sensitive masked; in JSON only" };
        var command = new ExampleCommand("show", "Shows one instance: its attempts, and what operators did.", "dualdb saga show place-order 4711", "dualdb saga show place-order 4711 --json --payloads")
        {
            saga,
            id,
            payloads,
        };
        return frame.Handle(command, async (call, cancellationToken) =>
        {
            var details = await call.Target.SagaJournal.FindAsync(call.Value(saga), call.Value(id), cancellationToken).ConfigureAwait(false)
                ?? throw new RefusedException($"There is no saga '{call.Value(saga)}' of '{call.Value(id)}'. Look for it with 'dualdb saga list'.");
            return new CommandResult(Document(details, call.Value(payloads) ? call.Target.Redaction : null), [.. Text(details)]);
        });
    }

    private static System.Text.Json.Nodes.JsonObject Document(SagaDetails details, IPayloadRedaction? payloads)
    {
        var document = SagaListCommand.Document(details.Summary);
        document["timeline"] = JsonText.Of(details.Timeline.Select(attempt =>
        {
            var entry = new System.Text.Json.Nodes.JsonObject
            {
                ["step"] = attempt.Step,
                ["isCompensation"] = attempt.IsCompensation,
                ["attempt"] = attempt.Attempt,
                ["state"] = attempt.State,
                ["startedAt"] = attempt.StartedAt,
                ["endedAt"] = attempt.EndedAt,
                ["error"] = attempt.Error,
                ["node"] = attempt.Node,
            };
            if (payloads is not null)
            {
                entry["result"] = JsonText.Parse(payloads.StepResult(details.Summary.Saga, attempt.Step, attempt.Result));
            }

            return entry;
        }));
        document["audit"] = JsonText.Of(details.Audit.Select(static entry => new System.Text.Json.Nodes.JsonObject
        {
            ["at"] = entry.At, ["who"] = entry.Who, ["action"] = entry.Action, ["step"] = entry.Step, ["reason"] = entry.Reason,
        }));
        if (payloads is not null)
        {
            document["input"] = JsonText.Parse(payloads.SagaInput(details.Summary.Saga, details.Input));
            document["result"] = JsonText.Parse(payloads.SagaResult(details.Summary.Saga, details.Result));
        }

        return document;
    }

    private static IEnumerable<TextPart> Text(SagaDetails details)
    {
        var summary = details.Summary;
        yield return new TextLine($"{summary.Saga} {summary.Id}: {JsonText.Of(summary.State)}{(summary.FailedStep is { } step ? $", failed in {step}" : "")}{(summary.Error is { } error ? $": {error}" : "")}");
        if (details.Timeline.Count > 0)
        {
            yield return new TextTable(
                ["started", "step", "attempt", "state", "error"],
                [.. details.Timeline.Select(static attempt => (IReadOnlyList<string>)[Time(attempt.StartedAt), attempt.IsCompensation ? $"{attempt.Step} (back)" : attempt.Step, attempt.Attempt.ToString(CultureInfo.InvariantCulture), attempt.State, attempt.Error?.Split('\n')[0].TrimEnd() ?? ""])]);
        }

        if (details.Audit.Count > 0)
        {
            yield return new TextTable(["at", "who", "did", "step", "why"], [.. details.Audit.Select(static entry => (IReadOnlyList<string>)[Time(entry.At), entry.Who, entry.Action, entry.Step ?? "", entry.Reason])]);
        }
    }

    private static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
