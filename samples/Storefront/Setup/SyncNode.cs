using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Storefront.Setup;

/// <summary>A node that carries changes between the databases, over lines that can be spoiled.</summary>
internal sealed class SyncNode : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly IHostedService[] _hosted;

    private SyncNode(ServiceProvider services)
    {
        _services = services;
        _hosted = [.. services.GetServices<IHostedService>()];
    }

    public ShopDb Db => _services.GetRequiredService<ShopDb>();

    public static async Task<SyncNode> StartAsync(ProxiedShop shop, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddShopDb(shop.Reroute);

        // A short lease, so that the next node of the tour need not wait; large chunks, since the rows are small.
        services.AddShopDbSync(static options => (options.Lease, options.PageSize, options.BackfillChunk) = (TimeSpan.FromSeconds(3), 2000, 5000));
        var node = new SyncNode(services.BuildServiceProvider());
        foreach (var service in node._hosted)
        {
            await service.StartAsync(cancellationToken);
        }

        return node;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _hosted)
        {
            await service.StopAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
    }
}
