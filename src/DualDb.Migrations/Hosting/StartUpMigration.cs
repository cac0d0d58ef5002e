using Microsoft.Extensions.Hosting;

namespace DualDb.Migrations.Hosting;

/// <summary>Applies migrations before any service of the host is started, wherever it was registered.</summary>
/// <param name="migrations">The migrations.</param>
internal sealed class StartUpMigration(IRootMigrations migrations) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (migrations.RunsAtStartUp)
        {
            await migrations.Runner.MigrateAsync(cancellationToken).ConfigureAwait(false);
        }

        await migrations.Gate.RequireAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
