using DualDb;
using DualDb.Consistency.Monitoring;
using DualDb.Migrations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Spectre.Console;
using Storefront.Models;
using Storefront.Setup;
using IAnsiConsole = Spectre.Console.IAnsiConsole;

namespace Storefront.Serving;

/// <summary>The shop as a server: shoppers who never stop, the dashboard over both databases, and a switch that injures one of them.</summary>
internal static class Server
{
    public static async Task RunAsync(IAnsiConsole console, ServeOptions options, CancellationToken cancellationToken)
    {
        await using var databases = await Databases.OpenAsync(cancellationToken);
        await using var direct = ShopDb.Create();
        if (await ProxiedShop.ObstacleAsync(direct, cancellationToken) is { } obstacle)
        {
            throw new InvalidOperationException(obstacle);
        }

        console.WriteLine($"Storefront on {databases.Description}.");
        await using var shop = await ProxiedShop.OpenAsync(direct, databases, cancellationToken);
        await using var app = Build(shop, options);
        await PrepareAsync(console, app, direct, cancellationToken);
        await FillCopiesAsync(shop, cancellationToken);
        await app.StartAsync(cancellationToken);
        console.WriteLine($"The shop is open: {app.Urls.First()}/ has the switch, {app.Urls.First()}/dualdb the dashboard. Ctrl-C closes it.");
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }

    private static WebApplication Build(ProxiedShop shop, ServeOptions options)
    {
        // In development, and for this machine alone, the dashboard needs nobody to sign in.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development", ApplicationName = "Storefront" });
        builder.WebHost.UseUrls($"http://127.0.0.1:{options.Port}");
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddSingleton(shop);
        builder.Services.AddSingleton<Injuries>();
        ShopServices.Add(builder.Services, shop.Reroute);

        // Last, so that they come when everything else is there.
        builder.Services.AddSingleton<Shoppers>();
        builder.Services.AddHostedService(static provider => provider.GetRequiredService<Shoppers>());

        var app = builder.Build();
        SwitchPage.Map(app, app.Services.GetRequiredService<Injuries>(), app.Services.GetRequiredService<Shoppers>());
        app.MapDualDbHealth();
        app.MapDualDbDashboard("/dualdb");
        return app;
    }

    private static async Task PrepareAsync(IAnsiConsole console, WebApplication app, ShopDb direct, CancellationToken cancellationToken)
    {
        await Schema.ResetAsync(direct, cancellationToken);
        await app.MigrateAsync(cancellationToken);
        await direct.Cache.InvalidateAsync<Product>(cancellationToken);
        await Loading.RunAsync(console, direct, cancellationToken);

        var db = app.Services.GetRequiredService<ShopDb>();
        await db.Events.InstallAsync(cancellationToken);
        await db.Sagas.InstallAsync(cancellationToken);
        await db.Sync.InstallAsync(cancellationToken);
        await app.Services.GetRequiredService<DatabaseMonitoring>().InstallAsync(cancellationToken);
    }

    // Before the shop opens, and compares both sides for the first time.
    private static async Task FillCopiesAsync(ProxiedShop shop, CancellationToken cancellationToken)
    {
        await using var node = await SyncNode.StartAsync(shop, cancellationToken);
        await node.Db.Sync.BackfillAsync(cancellationToken: cancellationToken);
    }
}
