using DualDb.Benchmarks.Shop;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DualDb.Benchmarks.Setup;

/// <summary>A node that carries changes between the databases.</summary>
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

    /// <param name="neon">How it reaches Neon.</param>
    /// <param name="supabase">How it reaches Supabase.</param>
    public static SyncNode Create(string neon, string supabase)
    {
        var services = new ServiceCollection();
        services.AddShopDb(options =>
        {
            options.Neon.ConnectionString = neon;
            options.Supabase.ConnectionString = supabase;
            options.Caching.Redis = null;
        });
        services.AddShopDbSync();
        return new SyncNode(services.BuildServiceProvider());
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var hosted in _hosted)
        {
            await hosted.StartAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var hosted in _hosted)
        {
            await hosted.StopAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
    }
}
