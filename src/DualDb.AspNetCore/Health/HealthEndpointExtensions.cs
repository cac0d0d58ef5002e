using DualDb.AspNetCore.Health;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps addresses that answer with the health of a process.</summary>
public static class HealthEndpointExtensions
{
    /// <summary>
    /// Maps <c>/health</c> for people (all checks), <c>/health/live</c> for whoever starts processes anew (those tagged <c>live</c>) and <c>/health/ready</c> for whoever sends them requests (those tagged <c>ready</c>). Each answers with
    /// 200 where it is healthy or degraded, and with 503 where not; the body is JSON that names each check with its data.
    /// </summary>
    /// <param name="endpoints">Receives the addresses: the application.</param>
    /// <param name="pattern">What they begin with.</param>
    /// <returns>
    /// All three, for conventions. The bodies hold no secrets, but they say what an application is made of and what ails it: <c>.RequireHost("*:8081")</c> keeps them on a port of the inside, <c>.RequireAuthorization()</c> to whom a
    /// policy names.
    /// </returns>
    /// <exception cref="InvalidOperationException">No health checks were added.</exception>
    public static IEndpointConventionBuilder MapDualDbHealth(this IEndpointRouteBuilder endpoints, string pattern = "/health")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        if (endpoints.ServiceProvider.GetService<HealthCheckService>() is null)
        {
            throw new InvalidOperationException("There are no health checks. Call services.AddDualDbHealthChecks<…>() with the root before the application is built.");
        }

        var group = endpoints.MapGroup(pattern);
        group.MapHealthChecks("/", Options(static _ => true));
        group.MapHealthChecks("/live", Options(static check => check.Tags.Contains(HealthTags.Live)));
        group.MapHealthChecks("/ready", Options(static check => check.Tags.Contains(HealthTags.Ready)));
        return group;
    }

    private static HealthCheckOptions Options(Func<HealthCheckRegistration, bool> predicate) => new() { Predicate = predicate, ResponseWriter = HealthResponse.WriteAsync };
}
