using System.ComponentModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DualDb.Hosting;

/// <summary>What the generated <c>Add…</c> methods call for the parts of a root.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RootServices
{
    /// <summary>Registers a part of a root as a singleton, unless the container has one already: a test double, say.</summary>
    /// <typeparam name="TRoot">The generated root.</typeparam>
    /// <typeparam name="TService">The part, by its interface.</typeparam>
    /// <param name="services">Receives the registration.</param>
    /// <param name="select">Takes the part from the root.</param>
    public static void Add<TRoot, TService>(IServiceCollection services, Func<TRoot, TService> select)
        where TRoot : class
        where TService : class
        => services.TryAddSingleton(provider => select(provider.GetRequiredService<TRoot>()));
}
