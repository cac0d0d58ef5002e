using System.Globalization;
using DualDb.Consistency.Events.Dispatching;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DualDb.Consistency.Events;

/// <summary>
/// Says how the dispatcher of a root's events is: <c>services.AddHealthChecks().AddCheck&lt;EventHealthCheck&lt;ShopDb&gt;&gt;("events")</c>. Unhealthy where it gave up, or has not reached an outbox for a
/// minute; degraded where deliveries were given up, events wait for more than a minute, or an outbox cannot be reached just now. It looks at what the dispatcher knows, and asks no database.
/// </summary>
/// <typeparam name="TRoot">The generated root.</typeparam>
public sealed class EventHealthCheck<TRoot> : IHealthCheck
    where TRoot : class, IDualDatabase
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly RootDispatcher<TRoot> _dispatcher;
    private readonly TimeProvider _clock;

    /// <summary>Creates the check; the container does.</summary>
    /// <param name="services">The container, in which the generated <c>Add…Events</c> has registered the dispatcher.</param>
    /// <exception cref="InvalidOperationException">It has not.</exception>
    public EventHealthCheck(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        _dispatcher = (RootDispatcher<TRoot>?)services.GetService(typeof(RootDispatcher<TRoot>))
            ?? throw new InvalidOperationException($"The events of {typeof(TRoot).Name} are not dispatched here. Call Add{typeof(TRoot).Name}Events().");
        _clock = (TimeProvider?)services.GetService(typeof(TimeProvider)) ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var dispatcher = _dispatcher.Dispatcher;
        var data = new Dictionary<string, object>(StringComparer.Ordinal);
        var (status, words) = (HealthStatus.Healthy, new List<string>());
        if (dispatcher.Failure is { } failure)
        {
            (status, words) = (HealthStatus.Unhealthy, ["The dispatcher gave up: " + failure.Message]);
        }

        foreach (var state in dispatcher.States)
        {
            Describe(state, data);
            var (worse, word) = Judge(state);
            if (word is not null)
            {
                words.Add(word);
                status = worse < status ? worse : status;
            }
        }

        return Task.FromResult(new HealthCheckResult(status, words.Count == 0 ? "Events are dispatched." : string.Join(" ", words), dispatcher.Failure, data));
    }

    private (HealthStatus Status, string? Word) Judge(OutboxState state)
    {
        var database = state.Database.ToString();
        if (state.Failure is { } failure)
        {
            var isLasting = _clock.GetElapsedTime(state.FailingSince) >= Patience;
            return (isLasting ? HealthStatus.Unhealthy : HealthStatus.Degraded, $"The outbox in {database} cannot be reached: {failure.Message}");
        }

        if (!state.IsKnown)
        {
            return (HealthStatus.Degraded, $"The outbox in {database} has not been looked at yet.");
        }

        if (state.Dead > 0)
        {
            return (HealthStatus.Degraded, string.Create(CultureInfo.InvariantCulture, $"{state.Dead} deliveries in {database} were given up; see DeadLetters."));
        }

        return state.OldestAge > Patience
            ? (HealthStatus.Degraded, string.Create(CultureInfo.InvariantCulture, $"The oldest event in {database} has waited for {state.OldestAge.TotalSeconds:0} s."))
            : (HealthStatus.Healthy, null);
    }

    private static void Describe(OutboxState state, Dictionary<string, object> data)
    {
        var prefix = state.Database == Database.Neon ? "neon." : "supabase.";
        data[prefix + "pending"] = state.Pending;
        data[prefix + "oldest_age_seconds"] = state.OldestAge.TotalSeconds;
        data[prefix + "dead"] = state.Dead;
        data[prefix + "leases"] = state.Leases;
        data[prefix + "asleep"] = state.IsAsleep;
        data[prefix + "listening"] = state.IsListening;
    }
}
