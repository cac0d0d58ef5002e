using System.Globalization;
using DualDb.Consistency.Sync.Running;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DualDb.Consistency.Sync;

/// <summary>
/// Says how the synchronisation of a root is: <c>services.AddHealthChecks().AddCheck&lt;SyncHealthCheck&lt;ShopDb&gt;&gt;("sync")</c>. Unhealthy where a direction is stopped, a trigger that captures changes is missing,
/// it gave up, or a database has not been reached for a minute; degraded where the last comparison by <see cref="SyncOptions.VerifyEvery"/> found differences or orphans, counts differ, conflicts wait for a decision, a map is paused for longer than <see cref="SyncOptions.MaxPause"/>, changes are put aside, wait for more than ten seconds, are more than <see cref="SyncOptions.MaxPending"/>, a replication slot holds back more than <see cref="SyncSourceOptions.MaxRetainedWal"/>, or a transaction has been open for more than half a
/// minute. It looks at what this node knows, and asks no database.
/// </summary>
/// <typeparam name="TRoot">The generated root.</typeparam>
public sealed class SyncHealthCheck<TRoot> : IHealthCheck
    where TRoot : class, IDualDatabase
{
    private readonly SyncService _service;

    /// <summary>Creates the check; the container does.</summary>
    /// <param name="services">The container, in which the generated <c>Add…Sync</c> has registered the synchronisation.</param>
    /// <exception cref="InvalidOperationException">It has not.</exception>
    public SyncHealthCheck(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        _service = ((RootSync<TRoot>?)services.GetService(typeof(RootSync<TRoot>)))?.Service
            ?? throw new InvalidOperationException($"The databases of {typeof(TRoot).Name} are not synchronised here. Call Add{typeof(TRoot).Name}Sync().");
    }

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var data = new Dictionary<string, object>(StringComparer.Ordinal);
        var (status, words) = (HealthStatus.Healthy, new List<string>());
        if (_service.Failure is { } failure)
        {
            (status, words) = (HealthStatus.Unhealthy, ["The synchronisation gave up: " + failure.Message]);
        }

        foreach (var condition in _service.Conditions().Where(static condition => condition.Health < HealthStatus.Healthy))
        {
            words.Add(condition.Words);
            status = condition.Health < status ? condition.Health : status;
        }

        foreach (var state in _service.States)
        {
            Describe(state, data);
        }

        data["lag_is_high"] = _service.Conditions().Any(static condition => condition.Kind == SyncAlertKind.LagHigh);
        return Task.FromResult(new HealthCheckResult(status, words.Count == 0 ? "Changes are carried." : string.Join(" ", words), _service.Failure, data));
    }

    private static void Describe(FlowState state, Dictionary<string, object> data)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"{state.Source.ToString().ToLowerInvariant()}.{state.Part}.");
        data[prefix + "held"] = state.IsHeld;
        data[prefix + "pending"] = state.Pending;
        data[prefix + "oldest_age_seconds"] = state.OldestAge.TotalSeconds;
        data[prefix + "open_conflicts"] = state.OpenConflicts;
        data[prefix + "parked"] = state.Parked;
        data[prefix + "oldest_writer_seconds"] = state.OldestWriter.TotalSeconds;
        data[prefix + "retained_wal_bytes"] = state.RetainedWal;
        data[prefix + "stopped"] = state.Stopped is not null;
        data[prefix + "paused"] = string.Join(", ", state.Pauses.Select(static pause => pause.Map).Distinct(StringComparer.Ordinal));
    }
}
