using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using DualDb.Commands.Frame;
using DualDb.Commands.Output;
using DualDb.Consistency.Operators;
using DualDb.Consistency.Sync;

namespace DualDb.Commands.SyncCommands;

/// <summary><c>dualdb sync status</c>.</summary>
internal static class SyncStatusCommand
{
    public static Command Create(CommandFrame frame)
    {
        var check = new Option<bool>("--check") { Description = "End with 4 where a direction is stopped, has a fault, or has rows put aside" };
        var command = new ExampleCommand("status", "Shows how each direction stands, and what was put aside.", "dualdb sync status --project src/Shop", "dualdb sync status --check --json --project src/Shop") { check };
        return frame.Handle(command, async (call, cancellationToken) =>
        {
            var sync = call.Target.Sync;
            var status = await sync.StatusAsync(cancellationToken).ConfigureAwait(false);
            var redaction = call.Target.Redaction;
            var parked = (await sync.ParkedAsync(cancellationToken: cancellationToken).ConfigureAwait(false)).Select(change => change with { Key = redaction.RowKey(change.Map, change.Key)! }).ToList();
            var isInOrder = parked.Count == 0 && status.All(static one => one is { Stopped: null, Fault: null });
            return new CommandResult(
                new JsonObject { ["directions"] = JsonText.Of(status.Select(Document)), ["parked"] = JsonText.Of(parked.Select(Document)) },
                [.. Text(status, parked)]) { ExitCode = call.Value(check) && !isInOrder ? ExitCodes.Differences : ExitCodes.Done };
        });
    }

    private static IEnumerable<TextPart> Text(IReadOnlyList<SyncStatus> status, IReadOnlyList<ParkedChange> parked)
    {
        yield return status.Count == 0
            ? new TextLine("No direction is recorded. Call db.Sync.InstallAsync() when the application starts.", TextTone.Warning)
            : new TextTable(["changes of", "part", "pending", "oldest", "put aside", "carried", "trouble"], [.. status.Select(Row)]);
        if (status.SelectMany(static one => one.Pauses.Select(pause => (one.Source, Pause: pause))).Distinct().ToList() is { Count: > 0 } pauses)
        {
            yield return new TextTable(
                ["paused", "changes of", "since", "until", "by", "why"],
                [.. pauses.Select(static one => (IReadOnlyList<string>)[one.Pause.Map, JsonText.Of(one.Source), Time(one.Pause.Since), one.Pause.Until is { } until ? Time(until) : "", one.Pause.Actor, Why(one.Pause)])]);
        }

        if (parked.Count > 0)
        {
            yield return new TextTable(["map", "key", "attempts", "error"], [.. parked.Select(static change => (IReadOnlyList<string>)[change.Map, change.Key, change.Attempts.ToString(CultureInfo.InvariantCulture), change.Error.Split('\n')[0].TrimEnd()])]);
        }
    }

    private static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Why(MapPause pause) => pause.Table is { } table ? $"{table}: {pause.Reason}" : pause.Reason;

    private static IReadOnlyList<string> Row(SyncStatus status) =>
    [
        JsonText.Of(status.Source),
        status.Part.ToString(CultureInfo.InvariantCulture),
        status.Pending.ToString(CultureInfo.InvariantCulture),
        string.Create(CultureInfo.InvariantCulture, $"{status.OldestAge.TotalSeconds:0.0} s"),
        status.Parked.ToString(CultureInfo.InvariantCulture),
        status.IsHeld ? "yes" : "no",
        status.Stopped ?? status.Fault ?? (status.NeedsBackfill.Count > 0 ? $"needs a backfill: {string.Join(", ", status.NeedsBackfill)}" : ""),
    ];

    private static JsonObject Document(SyncStatus status) => new()
    {
        ["source"] = JsonText.Of(status.Source),
        ["part"] = status.Part,
        ["pending"] = status.Pending,
        ["oldestSeconds"] = status.OldestAge.TotalSeconds,
        ["lastChangeAt"] = status.LastChangeAt,
        ["parked"] = status.Parked,
        ["isHeld"] = status.IsHeld,
        ["stopped"] = status.Stopped,
        ["fault"] = status.Fault,
        ["needsBackfill"] = JsonText.Of(status.NeedsBackfill),
        ["waiting"] = JsonText.Of(status.Paused),
        ["pauses"] = JsonText.Of(status.Pauses.Select(Document)),
        ["retainedWal"] = status.RetainedWal,
    };

    private static JsonObject Document(MapPause pause) => new()
    {
        ["map"] = pause.Map,
        ["table"] = pause.Table,
        ["runId"] = pause.RunId,
        ["reason"] = pause.Reason,
        ["actor"] = pause.Actor,
        ["since"] = pause.Since,
        ["until"] = pause.Until,
    };

    private static JsonObject Document(ParkedChange change) => new()
    {
        ["id"] = change.Id,
        ["source"] = JsonText.Of(change.Source),
        ["map"] = change.Map,
        ["key"] = JsonText.Parse(change.Key),
        ["isDeletion"] = change.IsDeletion,
        ["parkedAt"] = change.ParkedAt,
        ["attempts"] = change.Attempts,
        ["error"] = change.Error,
    };
}
