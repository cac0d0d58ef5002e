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

    public static Command Create(CommandFrame frame)
    {
        var watch = new Option<bool>("--watch") { Description = "Show it anew every 2 seconds, until Ctrl+C" };
        var window = new Option<KpiWindow>("--window") { Description = "Over which time: minute, hour, day or month", DefaultValueFactory = static _ => KpiWindow.Hour };
        var application = new Option<string?>("--application") { Description = "Whose figures [default: those of the only one]" };
        var home = new Option<Database>("--home") { Description = "The database that keeps the figures: supabase or neon", DefaultValueFactory = static _ => Database.Supabase };
        var check = new Option<bool>("--check") { Description = "End with 4 where an alert lasts or a target is missed" };
        var command = new ExampleCommand("status", "Shows how both databases are: figures against their targets, and alerts.", "dualdb status", "dualdb status --watch --window minute", "dualdb status --check --json") { watch, window, application, home, check };
        return frame.Handle(command, async (call, cancellationToken) =>
        {
            var monitoring = await OpenAsync(call.Target.Root, call.Value(home), call.Value(application), cancellationToken).ConfigureAwait(false);
            while (true)
            {
                var picture = await StatusPicture.TakeAsync(monitoring, call.Value(window), cancellationToken).ConfigureAwait(false);
                var result = picture.Show(call.Value(check));
                if (!call.Value(watch))
                {
                    return result;
                }

                call.Output.Clear();
                call.Output.Write(result);
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
            }
        });
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
