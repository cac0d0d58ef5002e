using DualDb.Benchmarks.Shop;
using DualDb.Consistency.Events;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DualDb.Benchmarks.Setup;

/// <summary>A node that dispatches events.</summary>
internal sealed class DispatchingNode : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly IHostedService _dispatcher;

    private DispatchingNode(ServiceProvider services)
    {
        _services = services;
        _dispatcher = services.GetServices<IHostedService>().OfType<EventDispatcher>().Single();
    }

    public ShopDb Db => _services.GetRequiredService<ShopDb>();

    public static DispatchingNode Create(Laboratory laboratory)
    {
        var services = new ServiceCollection();
        services.AddShopDb(options =>
        {
            options.Neon.ConnectionString = laboratory.Servers.Neon.ConnectionString;
            options.Supabase.ConnectionString = laboratory.Servers.Supabase.ConnectionString;
            options.Caching.Redis = null;
        });
        services.AddShopDbEvents();
        return new DispatchingNode(services.BuildServiceProvider());
    }

    public Task StartAsync(CancellationToken cancellationToken) => _dispatcher.StartAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _dispatcher.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }
}
