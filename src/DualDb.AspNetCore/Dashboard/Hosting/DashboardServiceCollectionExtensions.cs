using DualDb;
using DualDb.AspNetCore;
using DualDb.AspNetCore.Dashboard.Hosting;
using DualDb.AspNetCore.Dashboard.Sections;
using DualDb.Consistency.Monitoring;
using DualDb.Consistency.Monitoring.Statements;
using DualDb.Consistency.Operators;
using DualDb.Diagnostics;
using DualDb.Migrations.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds what the dashboard needs.</summary>
public static class DashboardServiceCollectionExtensions
{
    /// <summary>
    /// Adds the dashboard of a root, and its monitoring if need be: <c>services.AddDualDbDashboard&lt;ShopDb&gt;(options =&gt; options.ReaderPolicy = "on-call")</c>, then <c>app.MapDualDbDashboard("/dualdb")</c>. Call
    /// <see cref="DatabaseMonitoring.InstallAsync"/> once. Called again for the same root, it adds to the options.
    /// </summary>
    /// <typeparam name="TRoot">The generated root.</typeparam>
    /// <param name="services">Receives the registration.</param>
    /// <param name="configure">Says who may see it and who may act; null where that is said where it is mapped.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddDualDbDashboard<TRoot>(this IServiceCollection services, Action<DashboardOptions>? configure = null)
        where TRoot : class, IDualDatabase
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null)
        {
            services.AddSingleton(new DashboardConfiguration<TRoot>(configure));
        }

        if (services.Any(static service => service.ServiceType == typeof(RootDashboard<TRoot>)))
        {
            return services;
        }

        services.AddDualDbMonitoring<TRoot>();
        services.AddHttpContextAccessor();
        services.TryAddSingleton<ICallOrigin, RequestOrigin>();
        services.AddAntiforgery();
        services.AddAuthorization();
        services.AddModelRedaction();
        services.AddSingleton(Create<TRoot>);
        services.AddSingleton<IHostedService>(static provider => new MigrationWatch(provider.GetService<RootMigrations<TRoot>>()?.Runner, provider.GetDualDbMonitoring<TRoot>()));

        // Of the first root; those of others are mapped by their root.
        services.TryAddSingleton<RootDashboard>(static provider => provider.GetRequiredService<RootDashboard<TRoot>>());
        return services;
    }

    private static RootDashboard<TRoot> Create<TRoot>(IServiceProvider provider)
        where TRoot : class, IDualDatabase
    {
        var options = new DashboardOptions();
        foreach (var configuration in provider.GetServices<DashboardConfiguration<TRoot>>())
        {
            configuration.Configure(options);
        }

        return new RootDashboard<TRoot>(provider.GetDualDbMonitoring<TRoot>(), DashboardSections.Of<TRoot>(provider), options, Redaction.Of(provider.GetRequiredService<TRoot>()));
    }
}
