using DualDb.Consistency.Events;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Storefront.Handlers;

namespace Storefront.Setup;

/// <summary>What an application's host does by itself: registers root, handlers and dispatcher, and runs the dispatcher.</summary>
internal sealed class EventNode : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly IHostedService[] _hosted;

    private EventNode(ServiceProvider services)
    {
        _services = services;
        _hosted = [.. services.GetServices<IHostedService>()];
    }

    /// <summary>The node's root, whose events it dispatches.</summary>
    public ShopDb Db => _services.GetRequiredService<ShopDb>();

    /// <summary>The mail service that its handlers call.</summary>
    public MailService Mails => _services.GetRequiredService<MailService>();

    public static async Task<EventNode> StartAsync(CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddSingleton<MailService>();
        services.AddShopDb();
        services.AddShopDbEvents(options => options.MaxPollInterval = TimeSpan.FromMilliseconds(200));
        var node = new EventNode(services.BuildServiceProvider());
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
