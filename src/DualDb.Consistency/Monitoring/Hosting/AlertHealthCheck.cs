using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DualDb.Consistency.Monitoring;

/// <summary>
/// Says whether alerts of a root's databases last: <c>services.AddHealthChecks().AddCheck&lt;AlertHealthCheck&lt;ShopDb&gt;&gt;("alerts")</c>. Unhealthy where one lasts for which somebody should be woken, degraded for others. It looks at what this node
/// knows, and asks no database. Not for probes that take nodes out of service: an alert is about the databases, and no other node would do better.
/// </summary>
/// <typeparam name="TRoot">The generated root.</typeparam>
public sealed class AlertHealthCheck<TRoot> : IHealthCheck
    where TRoot : class, IDualDatabase
{
    private readonly DatabaseMonitoring _monitoring;

    /// <summary>Creates the check; the container does.</summary>
    /// <param name="services">The container, in which <c>AddDualDbMonitoring</c> has registered the monitoring.</param>
    /// <exception cref="InvalidOperationException">It has not.</exception>
    public AlertHealthCheck(IServiceProvider services) => _monitoring = services.GetDualDbMonitoring<TRoot>();

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var lasting = _monitoring.Watch!.Known;
        var status = lasting.Any(static alert => alert.Severity == AlertSeverity.Page) ? HealthStatus.Unhealthy : lasting.Count > 0 ? HealthStatus.Degraded : HealthStatus.Healthy;
        var data = lasting.GroupBy(static alert => alert.Subject.Length > 0 ? $"{alert.Rule} ({alert.Subject})" : alert.Rule, StringComparer.Ordinal).ToDictionary(static one => one.Key, static one => (object)one.First().Words, StringComparer.Ordinal);
        return Task.FromResult(new HealthCheckResult(status, lasting.Count == 0 ? "No alert lasts." : string.Join(" ", lasting.Select(static alert => alert.Words)), data: data));
    }
}
