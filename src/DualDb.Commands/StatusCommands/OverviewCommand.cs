using System.CommandLine;
using DualDb.Commands.Frame;
using DualDb.Commands.Output;
using DualDb.Commands.Targets;
using DualDb.Consistency.Monitoring;
using DualDb.Consistency.Monitoring.Rollups;
using DualDb.Consistency.Schema;

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
        var home = new Option<Database>("--home") { Description = "The database that keeps the figures: supabase or neon", DefaultValueFactory = static _ => Database.Supabase };
        var check = new Option<bool>("--check") { Description = "End with 4 where an alert lasts or a target is missed, with 1 where the figures could not be read" };
        var command = new ExampleCommand("status", "Shows how both databases are: figures against their targets, and alerts.", "dualdb status", "dualdb status --watch --window minute", "dualdb status --check --json") { watch, window, application, home, check };
        return frame.Handle(command, async (call, cancellationToken) =>
        {
            call.Output.WritesLines = call.Value(watch);
            var monitoring = await OpenAsync(call.Target.Root, call.Value(home), call.Value(application), cancellationToken).ConfigureAwait(false);
            if (!call.Value(watch))
            {
                return (await StatusPicture.TakeAsync(monitoring, call.Value(window), cancellationToken).ConfigureAwait(false)).Show(call.Value(check));
            }

            StatusPicture? last = null;
            while (true)
            {
                (last, var result) = await WatchAsync(monitoring, call.Value(window), last, cancellationToken).ConfigureAwait(false);
                call.Output.Clear();
                call.Output.Write(result);
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
            }
        });
    }

    // Somebody watches because something is wrong: where the database cannot be asked, what was known stays, with what is the matter above it.
    private static async Task<(StatusPicture? Last, CommandResult Result)> WatchAsync(DatabaseMonitoring monitoring, KpiWindow window, StatusPicture? last, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Patience);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var picture = await StatusPicture.TakeAsync(monitoring, window, ending.Token).WaitAsync(ending.Token).ConfigureAwait(false);
            return (picture, picture.Show(checks: false));
        }
        catch (DualDbException failure)
        {
            return (last, StatusPicture.ShowFailure(last, failure.Message));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (last, StatusPicture.ShowFailure(last, $"{monitoring.Home.Kind} has not answered for {Patience.TotalSeconds:0} s."));
        }
    }

    private static async Task<DatabaseMonitoring> OpenAsync(IDualDatabase root, Database home, string? application, CancellationToken cancellationToken)
    {
        var database = home == Database.Neon ? (PostgresDatabase)root.Neon : root.Supabase;
        await SchemaInstallation.RequireAsync(database, RollupSchema.Module, cancellationToken).ConfigureAwait(false);
        return new DatabaseMonitoring(root, new MonitoringOptions { Home = home }, application ?? await OnlyOneAsync(database, cancellationToken).ConfigureAwait(false));
    }

    private static async Task<string> OnlyOneAsync(PostgresDatabase database, CancellationToken cancellationToken)
        => await RollupStore.ApplicationsAsync(database, cancellationToken).ConfigureAwait(false) switch
        {
            [var only] => only,
            [] => throw new RefusedException($"{database.Kind} holds no figures yet. Call services.AddDualDbMonitoring<ShopDb>() in the application, and start it."),
            var several => throw new RefusedException($"{database.Kind} holds figures of several applications. Name one: --application {string.Join(", --application ", several)}"),
        };
}
