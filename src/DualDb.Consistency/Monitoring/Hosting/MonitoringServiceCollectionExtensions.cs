using DualDb.Consistency.Monitoring.Running;
using DualDb.Consistency.Sync;
using DualDb.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DualDb.Consistency.Monitoring;

/// <summary>Registers the monitoring of a root.</summary>
public static class MonitoringServiceCollectionExtensions
{
    /// <summary>
    /// Measures what a root's databases do, and keeps the figures: <c>services.AddDualDbMonitoring&lt;ShopDb&gt;()</c>, then <see cref="DatabaseMonitoring"/> from the container. Call <see cref="DatabaseMonitoring.InstallAsync"/> once, or
    /// apply <see cref="ConsistencySchema.Monitoring"/>. Called again for the same root, it adds to the options.
    /// </summary>
    /// <typeparam name="TRoot">The generated root.</typeparam>
    /// <param name="services">Receives the registration.</param>
    /// <param name="configure">Sets options; null for none.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddDualDbMonitoring<TRoot>(this IServiceCollection services, Action<MonitoringOptions>? configure = null)
        where TRoot : class, IDualDatabase
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null)
        {
            services.AddSingleton(new MonitoringConfiguration<TRoot>(configure));
        }

        if (services.Any(static service => service.ServiceType == typeof(RootMonitoring<TRoot>)))
        {
            return services;
        }

        services.AddSingleton(Create<TRoot>);

        // Of the first root; those of others are asked for by their root.
        services.TryAddSingleton(static provider => provider.GetRequiredService<RootMonitoring<TRoot>>().Monitoring);
        services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<RootMonitoring<TRoot>>().Service);
        return services;
    }

    /// <summary>The monitoring of a root, where a container has several.</summary>
    /// <typeparam name="TRoot">The generated root.</typeparam>
    /// <param name="provider">The container.</param>
    /// <exception cref="InvalidOperationException">It was not registered.</exception>
    public static DatabaseMonitoring GetDualDbMonitoring<TRoot>(this IServiceProvider provider)
        where TRoot : class, IDualDatabase
        => provider.GetService<RootMonitoring<TRoot>>()?.Monitoring
            ?? throw new InvalidOperationException($"The databases of {typeof(TRoot).Name} are not monitored here. Call services.AddDualDbMonitoring<{typeof(TRoot).Name}>().");

    private static RootMonitoring<TRoot> Create<TRoot>(IServiceProvider provider)
        where TRoot : class, IDualDatabase
    {
        var options = new MonitoringOptions();
        foreach (var configuration in provider.GetServices<MonitoringConfiguration<TRoot>>())
        {
            configuration.Configure(options);
        }

        var application = options.Application ?? provider.GetService<IHostEnvironment>()?.ApplicationName ?? typeof(TRoot).Assembly.GetName().Name ?? typeof(TRoot).Name;
        var monitoring = new DatabaseMonitoring(provider.GetRequiredService<TRoot>(), provider.GetService<RootSync<TRoot>>()?.Sync, options, application);
        var logger = (ILogger?)provider.GetService<ILoggerFactory>()?.CreateLogger("DualDb.Monitoring") ?? NullLogger.Instance;
        return new RootMonitoring<TRoot>(new MonitoringService(monitoring, logger), monitoring);
    }
}

/// <summary>What code says of a root's monitoring.</summary>
internal sealed record MonitoringConfiguration<TRoot>(Action<MonitoringOptions> Configure);

/// <summary>The monitoring of a root, apart from that of another in the same container.</summary>
internal sealed record RootMonitoring<TRoot>(MonitoringService Service, DatabaseMonitoring Monitoring);
