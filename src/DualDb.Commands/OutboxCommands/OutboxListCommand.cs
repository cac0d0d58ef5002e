using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using DualDb.Commands.Frame;
using DualDb.Commands.Output;
using DualDb.Consistency.Events;
using DualDb.Consistency.Operators;

namespace DualDb.Commands.OutboxCommands;

/// <summary><c>dualdb outbox list</c>.</summary>
internal static class OutboxListCommand
{
    public static Command Create(CommandFrame frame)
    {
        var state = new Option<DeliveryState?>("--state") { Description = "How they stand [default: dead]" };
        var all = new Option<bool>("--all") { Description = "Also those that will be tried again, and those that wait behind another" };
        var groups = new Option<bool>("--groups") { Description = "Count them by what they failed with" };
        var payloads = new Option<bool>("--payloads") { Description = "With the payloads, what the model marks as sensitive masked; in JSON only" };
        var limit = new Option<int>("--limit") { Description = "How many at most, 1 to 1000", DefaultValueFactory = static _ => 100 };
        var command = new ExampleCommand(
            "list",
            "Lists deliveries that were given up, or are not done yet.",
            "dualdb outbox list",
            "dualdb outbox list --groups",
            "dualdb outbox list --all --handler SendReceipt --json --payloads")
        {
            state,
            all,
            groups,
            payloads,
            limit,
        };
        var which = new LetterOptions().AddTo(command);
        return frame.Handle(command, async (call, cancellationToken) =>
        {
            var filter = which.Filter(call, call.Value(all) ? null : call.Value(state) ?? DeliveryState.Dead);
            return call.Value(groups)
                ? Groups(await call.Target.DeadLetters.GroupsAsync(filter, cancellationToken).ConfigureAwait(false))
                : List(await call.Target.DeadLetters.ListAsync(filter, limit: call.Value(limit), cancellationToken: cancellationToken).ConfigureAwait(false), call.Value(payloads) ? call.Target.Redaction : null);
        });
    }

    private static CommandResult List(IReadOnlyList<DeadLetter> letters, IPayloadRedaction? payloads) => new(
        new JsonObject { ["deliveries"] = JsonText.Of(letters.Select(letter => Document(letter, payloads))) },
        letters.Count == 0
            ? [new TextLine("There are none.", TextTone.Good)]
            : [new TextTable(["delivery", "state", "event", "key", "handler", "attempts", "error"], [.. letters.Select(Row)])]);

    private static IReadOnlyList<string> Row(DeadLetter letter) =>
    [
        LetterId.Of(letter), JsonText.Of(letter.State), letter.Event.Name, letter.Event.Key ?? "", letter.Handler, letter.Attempts.ToString(CultureInfo.InvariantCulture), FirstLine(letter.Error),
    ];

    private static JsonObject Document(DeadLetter letter, IPayloadRedaction? payloads)
    {
        var document = new JsonObject
        {
            ["delivery"] = LetterId.Of(letter),
            ["state"] = JsonText.Of(letter.State),
            ["handler"] = letter.Handler,
            ["event"] = letter.Event.Name,
            ["eventId"] = letter.Event.Id.ToString(),
            ["version"] = letter.Event.Version,
            ["key"] = letter.Event.Key,
            ["publishedAt"] = letter.Event.PublishedAt,
            ["attempts"] = letter.Attempts,
            ["group"] = letter.FailureGroup,
            ["error"] = letter.Error,
            ["failedAt"] = letter.FailedAt,
            ["nextAttemptAt"] = letter.NextAttemptAt,
        };
        if (payloads is not null)
        {
            document["payload"] = JsonText.Parse(payloads.EventPayload(letter.Event.Name, letter.Event.Payload));
        }

        return document;
    }

    private static CommandResult Groups(IReadOnlyList<FailureGroup> groups) => new(
        new JsonObject
        {
            ["groups"] = JsonText.Of(groups.Select(static group => new JsonObject
            {
                ["database"] = JsonText.Of(group.Source),
                ["handler"] = group.Handler,
                ["event"] = group.EventName,
                ["group"] = group.Name,
                ["count"] = group.Count,
                ["first"] = group.First,
                ["last"] = group.Last,
            })),
        },
        groups.Count == 0
            ? [new TextLine("There are none.", TextTone.Good)]
            : [new TextTable(["count", "database", "event", "handler", "group"], [.. groups.Select(static group => (IReadOnlyList<string>)[group.Count.ToString(CultureInfo.InvariantCulture), JsonText.Of(group.Source), group.EventName, group.Handler, group.Name ?? ""])])]);

    private static string FirstLine(string? error) => error?.Split('\n')[0].TrimEnd() ?? "";
}
