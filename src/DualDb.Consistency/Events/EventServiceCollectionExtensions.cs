using System.ComponentModel;
using DualDb.Consistency.Events.Dispatching;
using DualDb.Consistency.Operators;
using DualDb.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DualDb.Consistency.Events;

/// <summary>What the generated <c>Add…Events</c> methods call.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class EventServiceCollectionExtensions
{
    /// <summary>Registers the dispatcher of a root's events as a hosted service. Handlers are registered by the caller. Called again for the same root, it adds to the options.</summary>
    /// <typeparam name="TRoot">The generated root.</typeparam>
    /// <param name="services">Receives the registrations.</param>
    /// <param name="configure">Sets options; null for none.</param>
    /// <param name="events">Takes the events from the root.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddDualDbEvents<TRoot>(this IServiceCollection services, Action<EventOptions>? configure, Func<TRoot, DomainEvents> events)
        where TRoot : class, IDualDatabase
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(events);
        if (configure is not null)
        {
            services.AddSingleton(new EventConfiguration<TRoot>(configure));
        }

        if (services.Any(static service => service.ServiceType == typeof(EventSettings<TRoot>)))
        {
            return services;
        }

        services.AddSingleton<EventSettings<TRoot>>();

        // With the root, so that whoever publishes before the dispatcher starts meets the same limits.
        services.AddSingleton(new RootActivation<TRoot>(static (provider, root) => provider.GetRequiredService<EventSettings<TRoot>>().Options.ApplyTo(root)));
        services.AddSensitiveFacts(provider => SensitiveFacts.Of(events(provider.GetRequiredService<TRoot>()).Registry));
        services.AddSingleton(provider => new RootDispatcher<TRoot>(Create(provider, events)));
        services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<RootDispatcher<TRoot>>().Dispatcher);
        return services;
    }

    private static EventDispatcher Create<TRoot>(IServiceProvider provider, Func<TRoot, DomainEvents> events)
        where TRoot : class, IDualDatabase
    {
        var root = provider.GetRequiredService<TRoot>();
        return new EventDispatcher(
            root,
            events(root),
            provider.GetRequiredService<EventSettings<TRoot>>().Options,
            provider.GetRequiredService<IServiceScopeFactory>(),
            new CalmLogger((ILogger?)provider.GetService<ILoggerFactory>()?.CreateLogger("DualDb.Events") ?? NullLogger.Instance));
    }
}
