using System.ComponentModel;
using DualDb.Consistency.Operators;
using DualDb.Consistency.Sync.Running;
using DualDb.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DualDb.Consistency.Sync;

/// <summary>What the generated <c>Add…Sync</c> methods call.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SyncServiceCollectionExtensions
{
    /// <summary>Registers what carries changes between the databases of a root as a hosted service. Called again for the same root, it adds to the options.</summary>
    /// <typeparam name="TRoot">The generated root.</typeparam>
    /// <param name="services">Receives the registration.</param>
    /// <param name="configure">Sets options; null for none.</param>
    /// <param name="sync">Takes the synchronisation from the root.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddDualDbSync<TRoot>(this IServiceCollection services, Action<SyncOptions>? configure, Func<TRoot, DatabaseSync> sync)
        where TRoot : class, IDualDatabase
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(sync);
        if (configure is not null)
        {
            services.AddSingleton(new SyncConfiguration<TRoot>(configure));
        }

        if (services.Any(static service => service.ServiceType == typeof(RootSync<TRoot>)))
        {
            return services;
        }

        // With the root, so that whoever installs or waits before the host starts meets the same options.
        services.AddSingleton(new RootActivation<TRoot>((provider, root) => Configure(sync(root), provider.GetServices<SyncConfiguration<TRoot>>(), provider.GetServices<ISyncAlertHandler>())));
        services.AddSensitiveFacts(provider => SensitiveFacts.Of(sync(provider.GetRequiredService<TRoot>()).Registry));
        services.AddSingleton(provider =>
        {
            var own = sync(provider.GetRequiredService<TRoot>());
            return new RootSync<TRoot>(new SyncService(own, (ILogger?)provider.GetService<ILoggerFactory>()?.CreateLogger("DualDb.Sync") ?? NullLogger.Instance), own);
        });
        services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<RootSync<TRoot>>().Service);
        return services;
    }

    private static void Configure<TRoot>(DatabaseSync sync, IEnumerable<SyncConfiguration<TRoot>> configurations, IEnumerable<ISyncAlertHandler> handlers)
    {
        foreach (var configuration in configurations)
        {
            configuration.Configure(sync.Options);
        }

        sync.Options.Check();
        foreach (var handler in handlers)
        {
            sync.Alerts.Subscribe(handler.HandleAsync);
        }
    }
}

/// <summary>What code says of a root's synchronisation.</summary>
internal sealed record SyncConfiguration<TRoot>(Action<SyncOptions> Configure);

/// <summary>What carries changes for a root, apart from that of another in the same container.</summary>
internal sealed record RootSync<TRoot>(SyncService Service, DatabaseSync Sync);
