using DualDb.AspNetCore.Dashboard.Sections.Overview;
using DualDb.Consistency.Monitoring;

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
        return
        [
            new OverviewSection(monitoring),
        ];
    }
}
