using DualDb;
using DualDb.Consistency.Monitoring;
using DualDb.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Storefront.Handlers;

namespace Storefront.Serving;

/// <summary>What the shop has of the library as a server; the pages of the dashboard follow from it.</summary>
internal static class ShopServices
{
    public static void Add(IServiceCollection services, Action<DualDbOptions> configure)
    {
        services.AddSingleton<MailService>();
        services.AddShopDb(configure);
        services.AddShopDbEvents(static options => options.MaxPollInterval = TimeSpan.FromMilliseconds(200));
        services.AddShopDbSagas(static options => options.IdleInterval = TimeSpan.FromSeconds(1));
        services.AddShopDbSync(static options => options.VerifyEvery = TimeSpan.FromSeconds(30));
        services.AddDualDbMigrations<ShopDb>(DualDbMigrations.FromAssembly(typeof(ShopDb).Assembly), static options => options.AllowMissing = true);
        services.AddDualDbMonitoring<ShopDb>(static options => options.ProbeNeonFor = Timeout.InfiniteTimeSpan);
        services.AddDualDbHealthChecks<ShopDb>();
        services.AddDualDbDashboard<ShopDb>();
    }
}
