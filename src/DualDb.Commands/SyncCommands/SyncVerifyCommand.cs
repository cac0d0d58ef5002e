using System.CommandLine;
using System.Text.Json.Nodes;
using DualDb.Commands.Frame;
using DualDb.Commands.Output;
using DualDb.Consistency.Operators;
using DualDb.Consistency.Sync;
using DualDb.Consistency.Sync.Verification;

namespace DualDb.Commands.SyncCommands;

/// <summary><c>dualdb sync verify</c>.</summary>
internal static class SyncVerifyCommand
{
    public static Command Create(CommandFrame frame)
    {
        var noOrphans = new Option<bool>("--no-orphans") { Description = "Do not look for rows that refer to what the other database does not have" };
        var command = new ExampleCommand(
            "verify",
            "Compares the rows of both databases, and keeps what was found. Ends with 4 where they differ.",
            "dualdb sync verify --project src/Shop",
            "dualdb sync verify --map members --json --project src/Shop")
        {
            noOrphans,
        };
        var actor = Actor.Option();
        command.Add(actor);
        var options = new ComparisonOptions().AddTo(command);
        return frame.Handle(command, async (call, cancellationToken) =>
        {
            var sync = call.Target.Sync;
            call.Output.Say("Comparing both databases …");
            var found = await sync.VerifyAsync(options.Of(call, !call.Value(noOrphans)), cancellationToken).ConfigureAwait(false);
            await KeepAsync(call, sync, found, Actor.Of(call, actor), cancellationToken).ConfigureAwait(false);
            var report = Masked(found, call.Target.Redaction);
            var json = JsonNode.Parse(report.ToJson())!.AsObject();
            json["isConsistent"] = report.IsConsistent;
            return new CommandResult(json, new TextLine(report.ToTable().TrimEnd(), report.IsConsistent ? TextTone.Plain : TextTone.Warning))
            {
                ExitCode = report.IsConsistent ? ExitCodes.Done : ExitCodes.Differences,
            };
        });
    }

    private static VerificationReport Masked(VerificationReport report, IPayloadRedaction redaction) => report with
    {
        Maps = [.. report.Maps.Select(map => map with { Differences = [.. map.Differences.Select(one => one with { Key = redaction.RowKey(map.Map, one.Key)! })] })],
        References = [.. report.References.Select(reference => reference with { Orphans = [.. reference.Orphans.Select(orphan => orphan with { Value = redaction.Orphan(reference.Reference, orphan.Value) })] })],
    };

    // Migrations of the phase contract ask when both sides were last found equal. A role that only reads compares all the same.
    private static async Task KeepAsync(CommandCall call, DatabaseSync sync, VerificationReport report, string actor, CancellationToken cancellationToken)
    {
        try
        {
            await sync.Verifications.KeepAsync(report, VerificationReason.Asked, actor, cancellationToken).ConfigureAwait(false);
        }
        catch (DualDbException exception)
        {
            call.Output.Say($"What was found is not kept: {exception.Message}", TextTone.Warning);
        }
    }
}
