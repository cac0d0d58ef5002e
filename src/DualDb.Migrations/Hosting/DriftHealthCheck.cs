using System.Globalization;
using DualDb.Migrations.Drift;
using DualDb.Migrations.Hosting;
using DualDb.Migrations.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DualDb.Migrations;

/// <summary>
/// Says whether the schemas of a root are those of its model: <c>services.AddHealthChecks().AddCheck&lt;DriftHealthCheck&lt;ShopDb&gt;&gt;("schema")</c>. Unhealthy where statements of the application fail, degraded where
/// they lack an index, a constraint or a protection. One round trip for each database; a database that sleeps is woken by it, so that it belongs to the checks that are asked seldom.
/// </summary>
/// <typeparam name="TRoot">The generated root.</typeparam>
public sealed class DriftHealthCheck<TRoot> : IHealthCheck
    where TRoot : class, IDualDatabase
{
    // The check is made anew for each look. What is learnt of PostgreSQL's words outlives it, whatever the options leave out: to learn it, tables are created as temporary ones.
    private static readonly CanonicalTexts Learnt = new();

    private static readonly Lazy<SchemaModel> Model = new(SchemaModel.Of<TRoot>);

    private readonly TRoot _root;
    private readonly DriftInspector _inspector;

    /// <summary>Creates the check; the container does.</summary>
    /// <param name="services">The container, which holds the root, and may hold <see cref="DriftOptions"/>; else those of <c>AddDualDbMigrations</c> are taken, where that was called.</param>
    /// <exception cref="InvalidOperationException">It does not hold the root.</exception>
    public DriftHealthCheck(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        _root = services.GetRequiredService<TRoot>();
        _inspector = new DriftInspector(Model.Value, services.GetService<DriftOptions>() ?? services.GetService<RootMigrations<TRoot>>()?.Drift ?? new DriftOptions(), Learnt);
    }

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            var report = await _inspector.InspectAsync(_root, cancellationToken).ConfigureAwait(false);
            var amiss = report.Differences.Where(static one => one.Severity != DriftSeverity.Remark).ToList();
            var data = amiss.Select(static (one, number) => (Key: number.ToString(CultureInfo.InvariantCulture), Value: (object)$"{one.Database} {one.Subject}: {one.Message}")).ToDictionary(static one => one.Key, static one => one.Value, StringComparer.Ordinal);
            return amiss.Count == 0
                ? HealthCheckResult.Healthy("The schemas are those of the model.")
                : new HealthCheckResult(
                    amiss.Exists(static one => one.Severity == DriftSeverity.Error) ? HealthStatus.Unhealthy : HealthStatus.Degraded,
                    string.Create(CultureInfo.InvariantCulture, $"The schemas differ from the model in {amiss.Count} places, first in {amiss[0].Database}: {amiss[0].Subject}: {amiss[0].Message}"),
                    data: data);
        }
        catch (DualDbException fault)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "The schemas could not be compared with the model: " + fault.Message, fault);
        }
    }
}
