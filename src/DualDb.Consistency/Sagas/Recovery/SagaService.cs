using DualDb.Consistency.Sagas.Schema;
using DualDb.Consistency.Schema;
using Microsoft.Extensions.Hosting;

namespace DualDb.Consistency.Sagas.Recovery;

/// <summary>Runs the sagas of a root for the life of the host.</summary>
internal sealed class SagaService(SagaSet sagas) : BackgroundService
{
    private readonly Lazy<SagaRunner> _runner = new(() => new SagaRunner(sagas.Engine));

    /// <summary>What it last saw.</summary>
    public SagaRunner Runner => _runner.Value;

    /// <summary>Refuses to start where the tables are missing or of another version.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await SchemaInstallation.RequireAsync(sagas.Engine.Home, SagaSchema.Journal, cancellationToken).ConfigureAwait(false);
        foreach (var database in sagas.Engine.Definitions.Values.SelectMany(sagas.Engine.DatabasesOf).Distinct())
        {
            await SchemaInstallation.RequireAsync(database, SagaSchema.Results, cancellationToken).ConfigureAwait(false);
        }

        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets running steps end, and gives back what is not done.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await sagas.Engine.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Runner.RunAsync(stoppingToken);
}
