using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace DualDb.AspNetCore.Health.Checks;

/// <summary>Whether what works in the background still does. One that has given up comes back with the process alone.</summary>
/// <param name="workers">What works, by name.</param>
internal sealed class WorkerCheck(IReadOnlyList<(string Name, BackgroundService Service)> workers) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var data = workers.ToDictionary(static worker => worker.Name, static worker => (object)StateOf(worker.Service), StringComparer.Ordinal);
        var ended = workers.Where(static worker => worker.Service.ExecuteTask is { IsFaulted: true }).ToList();
        return Task.FromResult(ended.Count == 0
            ? HealthCheckResult.Healthy("What works in the background does.", data)
            : HealthCheckResult.Unhealthy(
                $"Given up: {string.Join(", ", ended.Select(static worker => $"{worker.Name} ({worker.Service.ExecuteTask!.Exception!.GetBaseException().Message})"))}. The log says more; start the process anew.",
                ended[0].Service.ExecuteTask!.Exception!.GetBaseException(),
                data));
    }

    private static string StateOf(BackgroundService service) => service.ExecuteTask switch
    {
        null => "not started",
        { IsFaulted: true } => "given up",
        { IsCompleted: true } => "ended",
        _ => "running",
    };
}
