using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Storefront.Serving;

namespace DualDb.Browser.Tests.Places;

/// <summary>What can be posted to the dashboard of the shop, by the shop itself: it is built, and not started.</summary>
internal static class ActionRoutes
{
    private const string Dashboard = "/dualdb/";

    /// <summary>The routes below the dashboard, such as <c>outbox/actions/replay</c>.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development", ApplicationName = "Storefront" });
        ShopServices.Add(builder.Services, static options => (options.Neon.ConnectionString, options.Supabase.ConnectionString) = ("Host=127.0.0.1;Database=neondb", "Host=127.0.0.1;Database=postgres"));
        await using var app = builder.Build();
        app.MapDualDbDashboard(Dashboard.TrimEnd('/'));
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(static source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(static endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true)
            .Select(static endpoint => endpoint.RoutePattern.RawText!)
            .Where(static route => route.StartsWith(Dashboard, StringComparison.Ordinal))
            .Select(static route => route[Dashboard.Length..])];
    }
}
