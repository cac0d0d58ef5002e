using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Storefront.Handlers;

namespace Storefront.Setup;

/// <summary>What an application's host does by itself: registers root, handlers and sagas, and runs what works in the background.</summary>
internal sealed class ShopNode : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly IHostedService[] _hosted;

    private ShopNode(ServiceProvider services)
    {
        _services = services;
        _hosted = [.. services.GetServices<IHostedService>()];
    }

    /// <summary>The node's root, whose events it dispatches and whose sagas it runs.</summary>
    public ShopDb Db => _services.GetRequiredService<ShopDb>();

    /// <summary>The mail service that its handlers call.</summary>
    public MailService Mails => _services.GetRequiredService<MailService>();

    public static async Task<ShopNode> StartAsync(CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddSingleton<MailService>();
        services.AddShopDb();

        // Short leases, so that the tour need not wait long for those of a process that was killed.
        services.AddShopDbEvents(options =>
        {
            options.MaxPollInterval = TimeSpan.FromMilliseconds(200);
            options.Lease = TimeSpan.FromSeconds(2);
        });
        services.AddShopDbSagas(options =>
        {
            options.Lease = TimeSpan.FromSeconds(2);
            options.IdleInterval = TimeSpan.FromSeconds(1);
        });
        var node = new ShopNode(services.BuildServiceProvider());
        await node.Db.Events.InstallAsync(cancellationToken);
        await node.Db.Sagas.InstallAsync(cancellationToken);
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
