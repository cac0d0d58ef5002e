using DualDb.AspNetCore.Dashboard.Sections;
using DualDb.Consistency.Monitoring;
using DualDb.Diagnostics;

namespace DualDb.AspNetCore.Dashboard.Hosting;

/// <summary>What the dashboard of a root shows.</summary>
/// <param name="Monitoring">The root's monitoring.</param>
/// <param name="Sections">The pages.</param>
/// <param name="Options">What code says of it where it is registered.</param>
/// <param name="Secrets">Knows the secrets of the root's connections.</param>
internal record RootDashboard(DatabaseMonitoring Monitoring, IReadOnlyList<IDashboardSection> Sections, DashboardOptions Options, Redaction Secrets);

/// <summary>The same, apart from that of another root in the same container.</summary>
internal sealed record RootDashboard<TRoot>(DatabaseMonitoring Monitoring, IReadOnlyList<IDashboardSection> Sections, DashboardOptions Options, Redaction Secrets) : RootDashboard(Monitoring, Sections, Options, Secrets);

/// <summary>What code says of a root's dashboard.</summary>
internal sealed record DashboardConfiguration<TRoot>(Action<DashboardOptions> Configure);
