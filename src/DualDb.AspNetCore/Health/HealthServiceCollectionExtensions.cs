using DualDb;
using DualDb.AspNetCore.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the health checks of a root.</summary>
public static class HealthServiceCollectionExtensions
{
    /// <summary>
    /// Adds checks of what the container holds of a root to the framework's health checks: each database, Redis, outbox, synchronisation, consistency, sagas, migrations and schema, alerts, and whether what works in the background still does.
    /// <c>services.AddDualDbHealthChecks&lt;ShopDb&gt;()</c>, then <c>app.MapDualDbHealth()</c>. In which order things are registered makes no difference.
    /// </summary>
    /// <typeparam name="TRoot">The generated root, registered by its own method (<c>AddShopDb</c>).</typeparam>
    /// <param name="services">Receives the registration.</param>
    /// <param name="configure">Sets options; null for none. Called again for the same root, it adds to them.</param>
    /// <returns>The framework's builder, for checks of your own.</returns>
    /// <exception cref="DualDbConfigurationException">Raised when the host starts: an option makes no sense.</exception>
    public static IHealthChecksBuilder AddDualDbHealthChecks<TRoot>(this IServiceCollection services, Action<DualDbHealthOptions>? configure = null)
        where TRoot : class, IDualDatabase
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddHealthChecks().AddDualDb<TRoot>(configure);
    }

    /// <summary>As <see cref="AddDualDbHealthChecks"/>, beside other checks: <c>services.AddHealthChecks().AddCheck(…).AddDualDb&lt;ShopDb&gt;()</c>.</summary>
    /// <typeparam name="TRoot">The generated root.</typeparam>
    /// <param name="builder">Receives the checks.</param>
    /// <param name="configure">Sets options; null for none.</param>
    /// <returns><paramref name="builder"/>.</returns>
    public static IHealthChecksBuilder AddDualDb<TRoot>(this IHealthChecksBuilder builder, Action<DualDbHealthOptions>? configure = null)
        where TRoot : class, IDualDatabase
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (configure is not null)
        {
            services.AddSingleton(new HealthConfiguration<TRoot>(configure));
        }

        if (services.Any(static service => service.ServiceType == typeof(RootHealth<TRoot>)))
        {
            return builder;
        }

        services.AddSingleton(static provider =>
        {
            var options = new DualDbHealthOptions();
            foreach (var configuration in provider.GetServices<HealthConfiguration<TRoot>>())
            {
                configuration.Configure(options);
            }

            return new RootHealth<TRoot>(provider, options);
        });

        // When the checks are first asked for: then it is known what the container holds.
        services.AddOptions<HealthCheckServiceOptions>().Configure<RootHealth<TRoot>>(static (options, health) =>
        {
            foreach (var registration in health.Registrations)
            {
                options.Registrations.Add(registration);
            }
        });
        return builder;
    }

    /// <summary>What code says of a root's health checks.</summary>
    private sealed record HealthConfiguration<TRoot>(Action<DualDbHealthOptions> Configure);
}
