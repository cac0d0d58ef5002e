using System.ComponentModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace DualDb.Hosting;

/// <summary>What the generated <c>Add…</c> methods call.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DualDbServiceCollectionExtensions
{
    /// <summary>The client that requests over REST are sent with: <c>services.AddHttpClient("DualDb.Supabase")</c> adds handlers to it.</summary>
    public const string HttpClientName = "DualDb.Supabase";

    /// <summary>
    /// Registers a root as a singleton that the container disposes of. Its options are checked when it is first resolved. Called again
    /// for the same root, it adds to the options: the last value set wins.
    /// </summary>
    /// <typeparam name="TRoot">The generated root.</typeparam>
    /// <param name="services">Receives the registration.</param>
    /// <param name="name">The root's name, for messages.</param>
    /// <param name="use">The databases whose options must be complete.</param>
    /// <param name="configure">Sets options in code; null for none.</param>
    /// <param name="factory">Creates the root, which owns both databases and the cache.</param>
    /// <returns><paramref name="services"/>.</returns>
    public static IServiceCollection AddDualDbRoot<TRoot>(
        this IServiceCollection services,
        string name,
        DatabaseUse use,
        Action<DualDbOptions>? configure,
        Func<NeonDatabase, SupabaseDatabase, DualDbCache, TRoot> factory)
        where TRoot : class, IDualDatabase
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(factory);
        services.AddHttpClient(HttpClientName, static client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(static (handler, provider) =>
            {
                if (handler is SocketsHttpHandler sockets)
                {
                    provider.GetRequiredService<RestHandlers>().Configure(sockets);
                }
            });
        services.TryAddSingleton<RestHandlers>();
        if (configure is not null)
        {
            services.AddSingleton(new RootConfiguration<TRoot>(configure));
        }

        services.TryAddSingleton(provider => CreateRoot(provider, name, use, factory));
        return services;
    }

    private static TRoot CreateRoot<TRoot>(
        IServiceProvider provider, string name, DatabaseUse use, Func<NeonDatabase, SupabaseDatabase, DualDbCache, TRoot> factory)
        where TRoot : class, IDualDatabase
    {
        var host = DualDbHost.Create(
            name,
            use,
            options =>
            {
                options.TimeProvider = provider.GetService<TimeProvider>() ?? options.TimeProvider;
                foreach (var step in provider.GetServices<RootConfiguration<TRoot>>())
                {
                    step.Configure(options);
                }

                if (provider.GetService<IHttpClientFactory>() is { } clients)
                {
                    options.Supabase.CreateHttpClient ??= () => clients.CreateClient(HttpClientName);
                }

                options.Caching.InMemoryOnly |= provider.GetService<InMemoryCacheOnly>() is not null;
            },
            provider.GetService<IConfiguration>(),
            provider.GetService<ILoggerFactory>());
        if (host.Supabase.Options is SupabaseOptions { CreateHttpClient: not null } options)
        {
            provider.GetRequiredService<RestHandlers>().Add(options);
        }

        var root = factory(host.Neon, host.Supabase, host.Cache);
        foreach (var activation in provider.GetServices<RootActivation<TRoot>>())
        {
            activation.Run(provider, root);
        }

        return root;
    }

    /// <summary>The options of one root, apart from those of another in the same container.</summary>
    private sealed record RootConfiguration<TRoot>(Action<DualDbOptions> Configure);
}
