using System.Net;
using DualDb.AspNetCore;
using DualDb.Benchmarks.Shop;
using DualDb.Consistency.Monitoring;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DualDb.Benchmarks.Setup;

/// <summary>An application at rest that is monitored and has a dashboard, on a free port of this machine.</summary>
internal sealed class DashboardSite : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ShopDb _db;

    private DashboardSite(WebApplication app, ShopDb db) => (_app, _db) = (app, db);

    /// <summary>The stream that keeps the first page live.</summary>
    public Uri Address => new(_app.Urls.First() + "/dualdb/live");

    public static async Task<DashboardSite> OpenAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        // In development, and for this machine alone, the dashboard needs nobody to sign in.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://{IPAddress.Loopback}:0");
        builder.Services.AddSingleton(laboratory.Db);
        builder.Services.AddDualDbMonitoring<ShopDb>();
        builder.Services.AddDualDbDashboard<ShopDb>();
        var site = new DashboardSite(builder.Build(), laboratory.Db);
        await site._app.Services.GetRequiredService<DatabaseMonitoring>().InstallAsync(cancellationToken);
        site._app.MapDualDbDashboard("/dualdb");
        await site._app.StartAsync(cancellationToken);
        return site;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        (_db.Neon.Observer, _db.Supabase.Observer) = (null, null);
    }
}
