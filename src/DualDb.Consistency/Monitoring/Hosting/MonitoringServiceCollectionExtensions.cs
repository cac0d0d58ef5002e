using DualDb.Consistency.Events.Dispatching;
using DualDb.Consistency.Monitoring.Alerts;
using DualDb.Consistency.Monitoring.Alerts.Sharing;
using DualDb.Consistency.Monitoring.Alerts.Sinks;
using DualDb.Consistency.Monitoring.Alerts.Sources;
using DualDb.Consistency.Monitoring.Running;
using DualDb.Consistency.Monitoring.Statements;
using DualDb.Consistency.Sagas;
using DualDb.Consistency.Sync;
using DualDb.Hosting;
using DualDb.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DualDb.Consistency.Monitoring;

/// <summary>Registers the monitoring of a root.</summary>
public static class MonitoringServiceCollectionExtensions
{
    /// <summary>The client that webhooks are posted with: <c>services.AddHttpClient("DualDb.Alerts")</c> adds handlers to it.</summary>
    public const string WebhookClient = "DualDb.Alerts";

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

        services.AddSingleton(new MonitoredRoot(typeof(TRoot)));
        services.AddSingleton(Create<TRoot>);

        // Of the first root; those of others are asked for by their root.
        services.TryAddSingleton(static provider => provider.GetRequiredService<RootMonitoring<TRoot>>().Monitoring);
        services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<RootMonitoring<TRoot>>().Service);
        return services;
    }

    /// <summary>Has alerts posted to an address: <c>services.AddDualDbAlertWebhook(webhook =&gt; webhook.Address = new Uri(…))</c>. Called again, it adds another.</summary>
    /// <param name="services">Receives the registration.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <exception cref="DualDbConfigurationException">An option makes no sense.</exception>
    public static IServiceCollection AddDualDbAlertWebhook(this IServiceCollection services, Action<WebhookOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new WebhookOptions();
        configure(options);
        options.Check();

        // The factory logs the address of each request, and of a chat's webhook the path is the secret.
        services.AddHttpClient(WebhookClient, static client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(static (handler, _) => KeepToAddress(handler))
            .RemoveAllLoggers();
        services.AddSingleton<IAlertSink>(provider =>
            new WebhookSink(options, () => provider.GetRequiredService<IHttpClientFactory>().CreateClient(WebhookClient), provider.GetService<TimeProvider>() ?? TimeProvider.System));
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

        var application = options.Application ?? NameOf<TRoot>(provider);
        var monitoring = new DatabaseMonitoring(provider.GetRequiredService<TRoot>(), options, application);
        monitoring.Observe(provider.GetService<RootSync<TRoot>>()?.Sync);
        monitoring.Measurement.Loops.Origin = provider.GetService<ICallOrigin>();
        var logger = (ILogger?)provider.GetService<ILoggerFactory>()?.CreateLogger("DualDb.Monitoring") ?? NullLogger.Instance;
        var sharing = new AlertSharing([monitoring.Home, Other(monitoring)], application, Guid.CreateVersion7(), options.Alerts.RepeatEvery);
        var migrations = new MigrationSignals();
        monitoring.Watch = new AlertWatch(
            sharing,
            new AlertEvaluation(application, options.Alerts),
            [.. Sources<TRoot>(provider, monitoring), migrations, .. provider.GetServices<IAlertSource>()],
            [new LogSink(logger), .. provider.GetServices<IAlertSink>()],
            monitoring.Clock,
            monitoring.Time,
            monitoring.Home.Kind,
            Redaction.Of(monitoring.Root),
            logger);
        return new RootMonitoring<TRoot>(new MonitoringService(monitoring, sharing, logger), monitoring, migrations);
    }

    // A redirection makes a GET without the alert of the post: a page to log in at would count as having taken it, and another host would get the signature.
    private static void KeepToAddress(HttpMessageHandler handler)
    {
        if (handler is SocketsHttpHandler sockets)
        {
            sockets.AllowAutoRedirect = false;
        }
        else if (handler is HttpClientHandler client)
        {
            client.AllowAutoRedirect = false;
        }
    }

    // Two roots of one process under one name would add up each other's figures, and resolve each other's alerts.
    private static string NameOf<TRoot>(IServiceProvider provider)
    {
        var name = provider.GetService<IHostEnvironment>()?.ApplicationName ?? typeof(TRoot).Assembly.GetName().Name ?? typeof(TRoot).Name;
        return provider.GetServices<MonitoredRoot>().Skip(1).Any() ? $"{name}/{typeof(TRoot).Name}" : name;
    }

    private static PostgresDatabase Other(DatabaseMonitoring monitoring) => monitoring.Home.Kind == Database.Neon ? monitoring.Root.Supabase : monitoring.Root.Neon;

    private static IEnumerable<IAlertSource> Sources<TRoot>(IServiceProvider provider, DatabaseMonitoring monitoring)
    {
        yield return new DatabaseSignals(monitoring.Measurement);
        yield return new ConnectionSignals(monitoring.Budget.UsedOf, monitoring.Options.Alerts);
        if (provider.GetService<RootSync<TRoot>>() is { } sync)
        {
            yield return new SyncSignals(sync.Service);
        }

        if (provider.GetService<RootDispatcher<TRoot>>() is { } events)
        {
            yield return new OutboxSignals(events.Dispatcher, monitoring.Options.Alerts);
        }

        if (provider.GetService<RootSagas<TRoot>>() is { } sagas)
        {
            yield return new SagaSignals(sagas.Service.Runner);
            yield return new TakeoverSignals(() => sagas.Service.Takeovers, monitoring.Options.Alerts, monitoring.Time);
        }
    }
}

/// <summary>What code says of a root's monitoring.</summary>
internal sealed record MonitoringConfiguration<TRoot>(Action<MonitoringOptions> Configure);

/// <summary>A root that is monitored.</summary>
internal sealed record MonitoredRoot(Type Root);

/// <summary>The monitoring of a root, apart from that of another in the same container.</summary>
internal sealed record RootMonitoring<TRoot>(MonitoringService Service, DatabaseMonitoring Monitoring, MigrationSignals Migrations) : IDisposable
{
    /// <summary>With the container: what listens to meters would be called, and kept in memory, to the end of the process.</summary>
    public void Dispose()
    {
        Migrations.Dispose();
        Monitoring.End();
    }
}
