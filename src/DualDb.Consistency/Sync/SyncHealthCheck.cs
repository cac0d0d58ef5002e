using System.Globalization;
using DualDb.Consistency.Sync.Running;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DualDb.Consistency.Sync;

/// <summary>
/// Says how the synchronisation of a root is: <c>services.AddHealthChecks().AddCheck&lt;SyncHealthCheck&lt;ShopDb&gt;&gt;("sync")</c>. Unhealthy where a direction is stopped, it gave up, or a database has not
/// been reached for a minute; degraded where maps are recorded that this node does not know, or wait for a backfill, the last comparison by <see cref="SyncOptions.VerifyEvery"/> found differences, changes are put aside, wait for more than ten seconds, are more than <see cref="SyncOptions.MaxPending"/>, or a transaction has been open for more than half a
/// minute. It looks at what this node knows, and asks no database.
/// </summary>
/// <typeparam name="TRoot">The generated root.</typeparam>
public sealed class SyncHealthCheck<TRoot> : IHealthCheck
    where TRoot : class, IDualDatabase
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MostAge = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MostStall = TimeSpan.FromSeconds(30);

    private readonly SyncService _service;
    private readonly SyncOptions _options;
    private readonly TimeProvider _clock;

    /// <summary>Creates the check; the container does.</summary>
    /// <param name="services">The container, in which the generated <c>Add…Sync</c> has registered the synchronisation.</param>
    /// <exception cref="InvalidOperationException">It has not.</exception>
    public SyncHealthCheck(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        _service = ((RootSync<TRoot>?)services.GetService(typeof(RootSync<TRoot>)))?.Service
            ?? throw new InvalidOperationException($"The databases of {typeof(TRoot).Name} are not synchronised here. Call Add{typeof(TRoot).Name}Sync().");
        _options = _service.Options;
        _clock = (TimeProvider?)services.GetService(typeof(TimeProvider)) ?? TimeProvider.System;
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

        if (_service.Verification.Last is { IsEqual: false } last)
        {
            words.Add(string.Create(CultureInfo.InvariantCulture, $"{last.Maps.Sum(static map => map.Differences.Count)} rows differed when both sides were last compared, {last.StartedAt:u}."));
            status = HealthStatus.Degraded < status ? HealthStatus.Degraded : status;
        }

        foreach (var state in _service.States)
        {
            Describe(state, data);
            foreach (var (worse, word) in Judge(state))
            {
                words.Add(word);
                status = worse < status ? worse : status;
            }
        }

        return Task.FromResult(new HealthCheckResult(status, words.Count == 0 ? "Changes are carried." : string.Join(" ", words), _service.Failure, data));
    }

    private IEnumerable<(HealthStatus Status, string Word)> Judge(FlowState state)
    {
        if (state.Stopped is { } why)
        {
            yield return (HealthStatus.Unhealthy, $"Changes of {state.Source} are not carried: {why}");
        }

        if (state.Fault is { } fault)
        {
            yield return (HealthStatus.Degraded, fault);
        }

        if (state.IsHeld && state.NeedingBackfill.Count > 0)
        {
            yield return (HealthStatus.Degraded, $"Rows of {state.Source} from before they were synchronised have not been copied: {string.Join(", ", state.NeedingBackfill)}. Call db.Sync.BackfillAsync.");
        }

        if (state.Failure is { } failure)
        {
            var isLasting = state.SucceededAt is { } at && _clock.GetElapsedTime(at) >= Patience;
            yield return (isLasting ? HealthStatus.Unhealthy : HealthStatus.Degraded, $"Changes of {state.Source} cannot be carried just now: {failure.Message}");
        }

        if (state.Parked > 0)
        {
            yield return (HealthStatus.Degraded, string.Create(CultureInfo.InvariantCulture, $"{state.Parked} changes of {state.Source} are put aside; see db.Sync.ParkedAsync."));
        }

        if (state.OldestAge > MostAge)
        {
            yield return (HealthStatus.Degraded, string.Create(CultureInfo.InvariantCulture, $"The oldest change of {state.Source} has waited for {state.OldestAge.TotalSeconds:0} s."));
        }

        if (state.Pending > _options.MaxPending)
        {
            yield return (HealthStatus.Degraded, string.Create(CultureInfo.InvariantCulture, $"More than {_options.MaxPending} changes of {state.Source} wait."));
        }

        if (state.OldestWriter > MostStall)
        {
            yield return (HealthStatus.Degraded, string.Create(CultureInfo.InvariantCulture, $"A transaction in {state.Source} has been writing for {state.OldestWriter.TotalSeconds:0} s: its changes arrive when it ends."));
        }
    }

    private static void Describe(FlowState state, Dictionary<string, object> data)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"{state.Source.ToString().ToLowerInvariant()}.{state.Part}.");
        data[prefix + "held"] = state.IsHeld;
        data[prefix + "pending"] = state.Pending;
        data[prefix + "oldest_age_seconds"] = state.OldestAge.TotalSeconds;
        data[prefix + "parked"] = state.Parked;
        data[prefix + "oldest_writer_seconds"] = state.OldestWriter.TotalSeconds;
        data[prefix + "stopped"] = state.Stopped is not null;
    }
}
