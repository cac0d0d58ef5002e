using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using DualDb.Commands.Frame;
using DualDb.Commands.Output;
using DualDb.Consistency.Operators;
using DualDb.Consistency.Sync;

namespace DualDb.Commands.SyncCommands;

/// <summary><c>dualdb sync conflicts</c>.</summary>
internal static class SyncConflictsCommand
{
    public static Command Create(CommandFrame frame)
    {
        var map = new Option<string?>("--map") { Description = "The map [default: all]" };
        var open = new Option<bool>("--open") { Description = "Only those that wait for somebody to decide" };
        var rows = new Option<bool>("--rows") { Description = "With the rows of both sides, what the model marks as sensitive masked; in JSON only" };
        var limit = new Option<int>("--limit") { Description = "How many of each database at most, 1 to 1000", DefaultValueFactory = static _ => 100 };
        var command = new ExampleCommand("conflicts", "Lists conflicts and what became of them, the latest first.", "dualdb sync conflicts --open --project src/Shop", "dualdb sync conflicts --json --rows --project src/Shop")
        {
            map,
            open,
            rows,
            limit,
        };
        return frame.Handle(command, async (call, cancellationToken) =>
        {
            var found = await call.Target.Sync.Conflicts.ListAsync(call.Value(map), call.Value(open), limit: call.Value(limit), cancellationToken: cancellationToken).ConfigureAwait(false);
            return new CommandResult(
                new JsonObject { ["conflicts"] = JsonText.Of(found.Select(conflict => Document(conflict, call.Target.Redaction, call.Value(rows)))) },
                found.Count == 0
                    ? [new TextLine("There are none.", TextTone.Good)]
                    : [new TextTable(["number", "at", "map", "key", "policy", "winner", "by"], [.. found.Select(conflict => Row(conflict, call.Target.Redaction))])]);
        });
    }

    private static IReadOnlyList<string> Row(StoredConflict conflict, IPayloadRedaction redaction) =>
    [
        conflict.Id.ToString(CultureInfo.InvariantCulture),
        conflict.At.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        conflict.Map,
        redaction.RowKey(conflict.Map, conflict.Key)!,
        JsonText.Of(conflict.Policy),
        JsonText.Of(conflict.Winner),
        conflict.ResolvedBy ?? "",
    ];

    private static JsonObject Document(StoredConflict conflict, IPayloadRedaction redaction, bool withRows)
    {
        var document = new JsonObject
        {
            ["id"] = conflict.Id,
            ["at"] = conflict.At,
            ["map"] = conflict.Map,
            ["key"] = JsonText.Parse(redaction.RowKey(conflict.Map, conflict.Key)),
            ["policy"] = JsonText.Of(conflict.Policy),
            ["winner"] = JsonText.Of(conflict.Winner),
            ["resolvedBy"] = conflict.ResolvedBy,
        };
        if (withRows)
        {
            document["sourceRow"] = JsonText.Parse(redaction.Row(conflict.Map, conflict.SourceRow));
            document["targetBefore"] = JsonText.Parse(redaction.Row(conflict.Map, conflict.TargetBefore));
            document["targetAfter"] = JsonText.Parse(redaction.Row(conflict.Map, conflict.TargetAfter));
            document["result"] = JsonText.Parse(redaction.Row(conflict.Map, conflict.Result));
        }

        return document;
    }
}
