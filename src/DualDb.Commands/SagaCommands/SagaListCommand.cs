using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using DualDb.Commands.Frame;
using DualDb.Commands.Output;
using DualDb.Consistency.Sagas;

namespace DualDb.Commands.SagaCommands;

/// <summary><c>dualdb saga list</c>.</summary>
internal static class SagaListCommand
{
    public static Command Create(CommandFrame frame)
    {
        var saga = new Option<string?>("--saga") { Description = "The name of the saga" };
        var states = new Option<SagaState[]>("--state") { Description = "How far they have come; several times for several states", AllowMultipleArgumentsPerToken = true };
        var prefix = new Option<string?>("--id") { Description = "How the id begins" };
        var stuck = new Option<bool>("--stuck") { Description = "Only those that wait for an operator or are beyond their deadline" };
        var limit = new Option<int>("--limit") { Description = "How many at most, 1 to 1000", DefaultValueFactory = static _ => 100 };
        var command = new ExampleCommand(
            "list",
            "Lists instances, the newest first.",
            "dualdb saga list --stuck",
            "dualdb saga list --saga place-order --state running --state waiting --json")
        {
            saga,
            states,
            prefix,
            stuck,
            limit,
        };
        return frame.Handle(command, async (call, cancellationToken) =>
        {
            var filter = new SagaFilter { Saga = call.Value(saga), States = call.Value(states) is { Length: > 0 } said ? said : null, IdPrefix = call.Value(prefix), IsStuck = call.Value(stuck) };
            var found = await call.Target.SagaJournal.ListAsync(filter, call.Value(limit), cancellationToken: cancellationToken).ConfigureAwait(false);
            return new CommandResult(
                new JsonObject { ["sagas"] = JsonText.Of(found.Select(Document)) },
                found.Count == 0
                    ? [new TextLine("There are none.", TextTone.Good)]
                    : [new TextTable(["saga", "id", "state", "failed step", "created", "error"], [.. found.Select(Row)])]);
        });
    }

    /// <summary>An instance as a document.</summary>
    public static JsonObject Document(SagaSummary saga) => new()
    {
        ["saga"] = saga.Saga,
        ["id"] = saga.Id,
        ["state"] = JsonText.Of(saga.State),
        ["failedStep"] = saga.FailedStep,
        ["error"] = saga.Error,
        ["node"] = saga.Node,
        ["takeovers"] = saga.Takeovers,
        ["createdAt"] = saga.CreatedAt,
        ["updatedAt"] = saga.UpdatedAt,
        ["finishedAt"] = saga.FinishedAt,
        ["deadline"] = saga.Deadline,
        ["nextDue"] = saga.NextDue,
    };

    private static IReadOnlyList<string> Row(SagaSummary saga) =>
    [
        saga.Saga, saga.Id, JsonText.Of(saga.State), saga.FailedStep ?? "", saga.CreatedAt.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture), saga.Error?.Split('\n')[0].TrimEnd() ?? "",
    ];
}
