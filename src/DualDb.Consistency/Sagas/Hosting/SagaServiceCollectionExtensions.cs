using System.ComponentModel;
using DualDb.Consistency.Sagas.Recovery;
using DualDb.Consistency.Sagas.Schema;
using DualDb.Consistency.Schema;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DualDb.Consistency.Sagas;

/// <summary>What the generated <c>Add…Sagas</c> methods call.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SagaServiceCollectionExtensions
{
    /// <summary>Registers the runner of a root's sagas as a hosted service: it takes over what other nodes have left lying, and what waits.</summary>
    /// <typeparam name="TRoot">The generated root.</typeparam>
    /// <param name="services">Receives the registration.</param>
    /// <param name="configure">Sets options; null for none.</param>
    /// <param name="sagas">Takes the sagas from the root.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddDualDbSagas<TRoot>(this IServiceCollection services, Action<SagaOptions>? configure, Func<TRoot, SagaSet> sagas)
        where TRoot : class, IDualDatabase
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(sagas);
        services.AddSingleton<IHostedService>(provider =>
        {
            var set = sagas(provider.GetRequiredService<TRoot>());
            configure?.Invoke(set.Options);
            set.Attach(provider);
            return new SagaService(set);
        });
        return services;
    }
}

/// <summary>Runs the sagas of a root for the life of the host.</summary>
internal sealed class SagaService(SagaSet sagas) : BackgroundService
{
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
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => new SagaRunner(sagas.Engine).RunAsync(stoppingToken);
}
