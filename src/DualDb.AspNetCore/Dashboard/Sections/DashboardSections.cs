using DualDb.AspNetCore.Dashboard.Sections.Alerts;
using DualDb.AspNetCore.Dashboard.Sections.Audit;
using DualDb.AspNetCore.Dashboard.Sections.Cache;
using DualDb.AspNetCore.Dashboard.Sections.Health;
using DualDb.AspNetCore.Dashboard.Sections.Nodes;
using DualDb.AspNetCore.Dashboard.Sections.Overview;
using DualDb.AspNetCore.Dashboard.Sections.Queries;
using DualDb.AspNetCore.Health;
using DualDb.Consistency.Monitoring;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DualDb.AspNetCore.Dashboard.Sections;

/// <summary>The pages, in the order of the navigation.</summary>
internal static class DashboardSections
{
    /// <typeparam name="TRoot">The generated root.</typeparam>
    /// <param name="services">The container: what an application has not registered, such as sagas, has no page.</param>
    public static IReadOnlyList<IDashboardSection> Of<TRoot>(IServiceProvider services)
        where TRoot : class, IDualDatabase
    {
        var monitoring = services.GetDualDbMonitoring<TRoot>();
        var alerts = new AlertActions(monitoring);
        return
        [
            new OverviewSection(monitoring, alerts),
            new AlertSection(monitoring, alerts),
            new QuerySection(monitoring),
            new CacheSection(monitoring),
            .. OperatedSections.Of(services, services.GetRequiredService<TRoot>()),
            new NodeSection(monitoring),
            .. services.GetService<RootHealth<TRoot>>() is not null && services.GetService<HealthCheckService>() is { } checks ? [new HealthSection(checks)] : Array.Empty<IDashboardSection>(),
            new AuditSection(monitoring.Audit),
        ];
    }
}
