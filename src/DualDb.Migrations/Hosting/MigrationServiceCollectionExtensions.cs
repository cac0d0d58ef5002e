using DualDb.Migrations.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DualDb.Migrations;

/// <summary>Migrations in a container and a host.</summary>
public static class MigrationServiceCollectionExtensions
{
    /// <summary>
    /// Registers the migrations of a root: a <see cref="MigrationRunner"/>, and a service that applies them before the host's other services start, unless <see cref="MigrationOptions.RunAtStartUp"/> is false.
    /// Instances of <see cref="IDataMigration"/> in the container join them. Where a migration fails, or <see cref="MigrationOptions.Gate"/> stays shut, the host does not start.
    /// </summary>
    /// <typeparam name="TRoot">The generated root, registered by its own method (<c>AddShopDb</c>).</typeparam>
    /// <param name="services">Receives the registrations.</param>
    /// <param name="migrations">The migrations.</param>
    /// <param name="configure">Sets options; null for none.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="InvalidOperationException">The root has migrations already.</exception>
    public static IServiceCollection AddDualDbMigrations<TRoot>(this IServiceCollection services, DualDbMigrations migrations, Action<MigrationOptions>? configure = null)
        where TRoot : class, IDualDatabase
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(migrations);
        if (services.Any(static service => service.ServiceType == typeof(RootMigrations<TRoot>)))
        {
            throw new InvalidOperationException($"{typeof(TRoot).Name} has migrations already. Call AddDualDbMigrations once for each root.");
        }

        services.AddSingleton(provider =>
        {
            var options = new MigrationOptions();
            configure?.Invoke(options);
            var all = migrations.With([.. provider.GetServices<IDataMigration>()]);
            var root = provider.GetRequiredService<TRoot>();
            return new RootMigrations<TRoot>(root.Migrations(all, options), options.RunAtStartUp, new StartUpGate<TRoot>(root, options), options.Drift);
        });
        services.AddSingleton<IRootMigrations>(static provider => provider.GetRequiredService<RootMigrations<TRoot>>());
        services.TryAddSingleton(static provider => provider.GetRequiredService<RootMigrations<TRoot>>().Runner);
        services.AddSingleton<IHostedService>(static provider => new StartUpMigration(provider.GetRequiredService<RootMigrations<TRoot>>(), LoggerOf(provider)));
        return services;
    }

    /// <summary>Applies the migrations of all roots of a host, as a step of its own before it runs: <c>await app.MigrateAsync();</c></summary>
    /// <param name="host">The host.</param>
    /// <param name="cancellationToken">Cancels the run at the next statement. It can go on later.</param>
    /// <exception cref="InvalidOperationException"><c>AddDualDbMigrations</c> was not called.</exception>
    /// <exception cref="MigrationFailedException">A migration failed; other exceptions are those of <see cref="MigrationRunner.RunAsync"/>.</exception>
    public static async Task MigrateAsync(this IHost host, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        var roots = host.Services.GetServices<IRootMigrations>().ToList();
        if (roots.Count == 0)
        {
            throw new InvalidOperationException("The host has no migrations. Call services.AddDualDbMigrations<…>(…) before it is built.");
        }

        foreach (var root in roots)
        {
            await MigrationLog.MigrateAsync(root.Runner, LoggerOf(host.Services), cancellationToken).ConfigureAwait(false);
        }
    }

    private static ILogger LoggerOf(IServiceProvider provider) => provider.GetService<ILoggerFactory>()?.CreateLogger("DualDb.Migrations") ?? NullLogger.Instance;
}
