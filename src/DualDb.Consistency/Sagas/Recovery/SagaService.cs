using DualDb.Consistency.Sagas.Schema;
using DualDb.Consistency.Sagas.Telemetry;
using DualDb.Consistency.Schema;
using Microsoft.Extensions.Hosting;

namespace DualDb.Consistency.Sagas.Recovery;

/// <summary>Runs the sagas of a root for the life of the host.</summary>
internal sealed class SagaService(SagaSet sagas) : BackgroundService
{
    private static readonly TimeSpan PauseBeforeCheck = TimeSpan.FromSeconds(1);

    private readonly Lazy<SagaRunner> _runner = new(() => new SagaRunner(sagas.Engine));
    private bool _isChecked;

    /// <summary>What it last saw.</summary>
    public SagaRunner Runner => _runner.Value;

    /// <summary>How many instances this node has taken over from nodes that were lost.</summary>
    public long Takeovers => sagas.Engine.Executor.Takeovers;

    /// <summary>Refuses to start where the tables are missing or of another version. A database that is away is no reason: that is looked at again when it is back.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await CheckAsync(cancellationToken).ConfigureAwait(false);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets running steps end, and gives back what is not done.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await sagas.Engine.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        SagaMeter.Begin(sagas.Definitions);
        while (!_isChecked && !stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(PauseBeforeCheck, sagas.Engine.Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await CheckAsync(stoppingToken).ConfigureAwait(false);
        }

        await Runner.RunAsync(stoppingToken).ConfigureAwait(false);
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SchemaInstallation.RequireAsync(sagas.Engine.Home, SagaSchema.Journal, cancellationToken).ConfigureAwait(false);
            foreach (var database in sagas.Engine.Definitions.Values.SelectMany(sagas.Engine.DatabasesOf).Distinct())
            {
                await SchemaInstallation.RequireAsync(database, SagaSchema.Results, cancellationToken).ConfigureAwait(false);
            }

            _isChecked = true;
        }
        catch (DatabaseUnavailableException exception)
        {
            SagaLog.JournalLost(sagas.Engine.Logger, sagas.Engine.Home.Kind, exception.Message);
        }
    }
}
