using System.ComponentModel;
using DualDb.Consistency.Operators;
using DualDb.Consistency.Sagas.Recovery;
using DualDb.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DualDb.Consistency.Sagas;

/// <summary>What the generated <c>Add…Sagas</c> methods call.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SagaServiceCollectionExtensions
{
    /// <summary>
    /// Registers the runner of a root's sagas as a hosted service: it takes over what other nodes have left lying, and what waits. Called again for the same root, it adds to the options.
    /// </summary>
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
        if (configure is not null)
        {
            services.AddSingleton(new SagaConfiguration<TRoot>(configure));
        }

        if (services.Any(static service => service.ServiceType == typeof(RootSagas<TRoot>)))
        {
            return services;
        }

        // With the root, so that whoever starts a saga before the host does meets the same options and services.
        services.AddSingleton(new RootActivation<TRoot>((provider, root) => Configure(sagas(root), provider, provider.GetServices<SagaConfiguration<TRoot>>())));
        services.AddSensitiveFacts(provider => SensitiveFacts.Of(sagas(provider.GetRequiredService<TRoot>()).Definitions));
        services.AddSingleton(provider => new RootSagas<TRoot>(new SagaService(sagas(provider.GetRequiredService<TRoot>()))));
        services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<RootSagas<TRoot>>().Service);
        return services;
    }

    private static void Configure<TRoot>(SagaSet sagas, IServiceProvider provider, IEnumerable<SagaConfiguration<TRoot>> configurations)
    {
        foreach (var configuration in configurations)
        {
            configuration.Configure(sagas.Options);
        }

        sagas.Attach(provider);
    }
}

/// <summary>What code says of a root's sagas.</summary>
internal sealed record SagaConfiguration<TRoot>(Action<SagaOptions> Configure);

/// <summary>The runner of a root's sagas, apart from that of another in the same container.</summary>
internal sealed record RootSagas<TRoot>(SagaService Service);
