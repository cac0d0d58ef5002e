using System.Diagnostics.CodeAnalysis;
using DualDb;
using DualDb.AspNetCore;
using DualDb.AspNetCore.Dashboard.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the dashboard.</summary>
public static class DashboardEndpointRouteBuilderExtensions
{
    /// <summary>Maps the dashboard of the first root that was added: <c>app.MapDualDbDashboard("/dualdb", options =&gt; options.ReaderPolicy = "on-call")</c>.</summary>
    /// <param name="endpoints">Receives the routes.</param>
    /// <param name="prefix">Where it is: <c>/dualdb</c>, <c>/admin/databases</c>.</param>
    /// <param name="configure">Says who may see it and who may act, on top of what <c>AddDualDbDashboard</c> said; null for nothing.</param>
    /// <returns>Adds to all its routes: <c>.RequireHost("admin.example.org")</c>.</returns>
    /// <exception cref="DualDbConfigurationException">
    /// <c>AddDualDbDashboard</c> was not called; nobody has said who may see it, outside of development; a policy that is named does not exist; or the prefix is none.
    /// </exception>
    public static IEndpointConventionBuilder MapDualDbDashboard(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string prefix = "/dualdb", Action<DashboardOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return DashboardRoutes.Map(
            endpoints,
            prefix,
            endpoints.ServiceProvider.GetService<RootDashboard>()
                ?? throw new DualDbConfigurationException("The dashboard was not added. Call services.AddDualDbDashboard<ShopDb>(), with the generated root."),
            configure);
    }

    /// <summary>Maps the dashboard of a root, where a container has several.</summary>
    /// <typeparam name="TRoot">The generated root.</typeparam>
    /// <inheritdoc cref="MapDualDbDashboard(IEndpointRouteBuilder, string, Action{DashboardOptions})"/>
    public static IEndpointConventionBuilder MapDualDbDashboard<TRoot>(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string prefix = "/dualdb", Action<DashboardOptions>? configure = null)
        where TRoot : class, IDualDatabase
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return DashboardRoutes.Map(
            endpoints,
            prefix,
            endpoints.ServiceProvider.GetService<RootDashboard<TRoot>>()
                ?? throw new DualDbConfigurationException($"The dashboard was not added. Call services.AddDualDbDashboard<{typeof(TRoot).Name}>()."),
            configure);
    }
}
