using System.CommandLine;
using DualDb.Commands.Frame;
using DualDb.Commands.Output;
using DualDb.Commands.Targets;
using DualDb.Consistency;
using DualDb.Consistency.Monitoring;

namespace DualDb.Commands.StatusCommands;

/// <summary><c>dualdb status</c>: what the monitoring of an application has measured, and what it tells of. Only the home database is asked, so that a Neon that sleeps is left alone.</summary>
internal static class OverviewCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>So long, a picture may take while it is watched.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static Command Create(CommandFrame frame)
    {
        var watch = new Option<bool>("--watch") { Description = "Show it anew every 2 seconds, until Ctrl+C; with --json, one document a line" };
        var window = new Option<KpiWindow>("--window") { Description = "Over which time: minute, hour, day or month", DefaultValueFactory = static _ => KpiWindow.Hour };
        var application = new Option<string?>("--application") { Description = "Whose figures [default: those of the only one]" };
        var home = new Option<Database?>("--home") { Description = "The database that keeps the figures: supabase or neon [default: the application's; supabase where it is not asked]" };
        var check = new Option<bool>("--check") { Description = "End with 4 where an alert lasts or a target is missed, with 1 where the figures could not be read" };
        var command = new ExampleCommand("status", "Shows how both databases are: figures against their targets, and alerts.", "dualdb status", "dualdb status --watch --window minute", "dualdb status --check --json") { watch, window, application, home, check };
        return frame.Handle(command, async (call, cancellationToken) =>
        {
            call.Output.WritesLines = call.Value(watch);
            var place = new StatusPlace(call.Target, call.Value(home), call.Value(application));
            if (!call.Value(watch))
            {
                return (await StatusPicture.TakeAsync(place, call.Value(window), cancellationToken).ConfigureAwait(false)).Show(call.Value(check));
            }

            StatusPicture? last = null;
            while (true)
            {
                (last, var result) = await WatchAsync(place, call.Value(window), last, cancellationToken).ConfigureAwait(false);
                call.Output.Clear();
                call.Output.Write(result);
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
            }
        });
    }

    // Somebody watches because something is wrong: where the database cannot be asked, what was known stays, with what is the matter above it.
    private static async Task<(StatusPicture? Last, CommandResult Result)> WatchAsync(StatusPlace place, KpiWindow window, StatusPicture? last, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Patience);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var picture = await StatusPicture.TakeAsync(place, window, ending.Token).WaitAsync(ending.Token).ConfigureAwait(false);
            return (picture, picture.Show(checks: false));
        }
        catch (DualDbException failure) when (failure is not SchemaVersionException)
        {
            return (last, StatusPicture.ShowFailure(last, failure.Message));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (last, StatusPicture.ShowFailure(last, $"{place.Home} has not answered for {Patience.TotalSeconds:0} s."));
        }
    }
}
