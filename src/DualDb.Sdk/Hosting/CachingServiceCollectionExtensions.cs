using DualDb.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What tests change of the cache.</summary>
public static class CachingServiceCollectionExtensions
{
    /// <summary>
    /// Leaves Redis out, whatever the environment, the configuration and code say: <c>services.AddShopDb(…).WithInMemoryCacheOnly()</c>. For tests, which then neither need a
    /// Redis nor share what another run has left in one.
    /// </summary>
    /// <param name="services">Holds the roots.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection WithInMemoryCacheOnly(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<InMemoryCacheOnly>();
        return services;
    }
}
