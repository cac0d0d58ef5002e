using System.Globalization;
using DualDb.Consistency.Sagas.Recovery;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DualDb.Consistency.Sagas;

/// <summary>
/// Says how the sagas of a root are: <c>services.AddHealthChecks().AddCheck&lt;SagaHealthCheck&lt;ShopDb&gt;&gt;("sagas")</c>. Unhealthy where a compensation was given up or the journal has not been
/// reached for a minute; degraded where sagas are parked or beyond their deadline, or the journal cannot be reached just now. It looks at what the runner knows, and asks no database.
/// </summary>
/// <typeparam name="TRoot">The generated root.</typeparam>
public sealed class SagaHealthCheck<TRoot> : IHealthCheck
    where TRoot : class, IDualDatabase
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly RootSagas<TRoot> _sagas;

    /// <summary>Creates the check; the container does.</summary>
    /// <param name="services">The container, in which the generated <c>Add…Sagas</c> has registered the runner.</param>
    /// <exception cref="InvalidOperationException">It has not.</exception>
    public SagaHealthCheck(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        _sagas = (RootSagas<TRoot>?)services.GetService(typeof(RootSagas<TRoot>))
            ?? throw new InvalidOperationException($"The sagas of {typeof(TRoot).Name} are not run here. Call Add{typeof(TRoot).Name}Sagas().");
    }

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var runner = _sagas.Service.Runner;
        var data = new Dictionary<string, object>(StringComparer.Ordinal);
        var words = new List<string>();
        var status = HealthStatus.Healthy;
        if (runner.Outlook is { } outlook)
        {
            Describe(outlook, data);
            status = Judge(outlook, words);
        }

        if (runner.Failure is { } failure)
        {
            words.Add("The journal cannot be reached: " + failure.Message);
            status = Worse(status, runner.FailingFor >= Patience ? HealthStatus.Unhealthy : HealthStatus.Degraded);
        }

        return Task.FromResult(new HealthCheckResult(status, words.Count == 0 ? "Sagas are run." : string.Join(" ", words), runner.Failure, data));
    }

    private static HealthStatus Judge(SagaOutlook outlook, List<string> words)
    {
        if (outlook.CompensationFailed > 0)
        {
            words.Add(string.Create(CultureInfo.InvariantCulture, $"Of {outlook.CompensationFailed} sagas a compensation was given up; see db.Sagas.Operations."));
        }

        if (outlook.Parked > 0)
        {
            words.Add(string.Create(CultureInfo.InvariantCulture, $"{outlook.Parked} sagas are parked; see db.Sagas.Operations."));
        }

        if (outlook.Overdue > 0)
        {
            words.Add(string.Create(CultureInfo.InvariantCulture, $"{outlook.Overdue} sagas are beyond their deadline."));
        }

        return outlook.CompensationFailed > 0 ? HealthStatus.Unhealthy : words.Count > 0 ? HealthStatus.Degraded : HealthStatus.Healthy;
    }

    private static void Describe(SagaOutlook outlook, Dictionary<string, object> data)
    {
        data["parked"] = outlook.Parked;
        data["compensation_failed"] = outlook.CompensationFailed;
        data["overdue"] = outlook.Overdue;
    }

    private static HealthStatus Worse(HealthStatus one, HealthStatus other) => one < other ? one : other;
}
