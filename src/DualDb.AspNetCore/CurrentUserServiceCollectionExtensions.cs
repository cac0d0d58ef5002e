using DualDb;
using DualDb.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the user of the current request.</summary>
public static class CurrentUserServiceCollectionExtensions
{
    /// <summary>Adds <see cref="CurrentUser{TRoot}"/>: the root as the user of the current request sees it, one per request.</summary>
    /// <typeparam name="TRoot">The interface of the generated root, which has to be registered as well: <c>services.AddShopDb().AddCurrentUser&lt;IShopDb>()</c>.</typeparam>
    /// <param name="services">Receives the registration.</param>
    /// <param name="configure">Says whom requests act as; null for the defaults.</param>
    /// <returns><paramref name="services"/>.</returns>
    /// <remarks>
    /// The token is the one that the authentication of the request has verified and kept (<c>SaveToken</c> of JWT bearer, on by default). Of a request whose authentication kept none, it is
    /// the bearer token of the header <c>Authorization</c>, which is then verified with <see cref="SupabaseOptions.JwtSecret"/> or <see cref="SupabaseOptions.JwtKeys"/>, and has to be of the user
    /// that the request is authenticated as, if it is. Where several schemes have authenticated the request, and have kept different tokens, it is refused.
    /// </remarks>
    public static IServiceCollection AddCurrentUser<TRoot>(this IServiceCollection services, Action<CurrentUserOptions>? configure = null)
        where TRoot : class, IDualDatabase<TRoot>
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = new CurrentUserOptions();
        configure?.Invoke(options);
        services.AddHttpContextAccessor();
        services.TryAddScoped(provider =>
        {
            var context = provider.GetRequiredService<IHttpContextAccessor>().HttpContext;
            return new CurrentUser<TRoot>(() => RequestUser.Root(provider.GetRequiredService<TRoot>(), context, options));
        });
        return services;
    }
}
