using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DualDb.Migrations.Hosting;

/// <summary>Applies migrations before any service of the host is started, wherever it was registered.</summary>
/// <param name="migrations">The migrations.</param>
/// <param name="logger">Is told of what was changed without a migration.</param>
internal sealed class StartUpMigration(IRootMigrations migrations, ILogger logger) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (migrations.RunsAtStartUp)
        {
            await MigrationLog.MigrateAsync(migrations.Runner, logger, cancellationToken).ConfigureAwait(false);
        }

        await migrations.Gate.RequireAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
