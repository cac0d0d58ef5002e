using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using DualDb.Commands.Frame;
using DualDb.Commands.Output;
using DualDb.Consistency.Sync;

namespace DualDb.Commands.SyncCommands;

/// <summary><c>dualdb sync backfill</c>.</summary>
internal static class SyncBackfillCommand
{
    public static Command Create(CommandFrame frame)
    {
        var map = new Option<string?>("--map") { Description = "The map [default: all]" };
        var command = new ExampleCommand(
            "backfill",
            "Copies the rows that were there before the synchronisation, while writes go on. A node has to run. Goes on where an interrupted one ended.",
            "dualdb sync backfill --map members --project src/Shop")
        {
            map,
        };
        return frame.Handle(command, async (call, cancellationToken) =>
        {
            var sync = call.Target.Sync;
            var last = await call.Output.TrackAsync(async display =>
            {
                var progress = new Progress(display);
                await sync.BackfillAsync(call.Value(map), progress, cancellationToken).ConfigureAwait(false);
                return progress.Last;
            }).ConfigureAwait(false);
            return new CommandResult(
                new JsonObject
                {
                    ["maps"] = JsonText.Of(last.Select(static one => new JsonObject { ["map"] = one.Map, ["source"] = JsonText.Of(one.Source), ["rows"] = one.Rows, ["isFinished"] = one.IsFinished })),
                },
                [.. last.Select(static one => new TextLine(string.Create(CultureInfo.InvariantCulture, $"{one.Map}: {one.Rows:N0} rows of {one.Source} copied"), TextTone.Good))]);
        });
    }

    // Told on the thread that copies, so that what is shown is in order.
    private sealed class Progress(IProgress<ProgressStep> display) : IProgress<BackfillProgress>
    {
        private readonly Dictionary<(string Map, Database Source), BackfillProgress> _last = [];

        public IReadOnlyCollection<BackfillProgress> Last => _last.Values;

        public void Report(BackfillProgress value)
        {
            _last[(value.Map, value.Source)] = value;
            var total = value.IsFinished ? value.Rows : value.Estimate is { } estimate ? Math.Max(estimate, value.Rows) : (long?)null;
            display.Report(new ProgressStep(
                $"{value.Map} {value.Source}", string.Create(CultureInfo.InvariantCulture, $"{value.Map}, rows of {value.Source}: {value.Rows:N0}{(value.IsFinished ? ", done" : "")}"), value.Rows, total));
        }
    }
}
