using System.Globalization;
using DualDb.AspNetCore.Health.Looking;
using DualDb.Connections;
using DualDb.Consistency.Monitoring.Measuring;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace DualDb.AspNetCore.Health.Checks;

/// <summary>Whether a database answers. A call that it has just answered says so as well as a statement of our own.</summary>
/// <param name="database">The database.</param>
/// <param name="availability">What calls and probes have met, shared with the monitoring where there is one.</param>
/// <param name="options">How long for what.</param>
internal sealed class DatabaseLook(PostgresDatabase database, Availability availability, DualDbHealthOptions options) : IHealthLook
{
    /// <summary>Neon suspends a database a minute after its last statement at the soonest; five minutes unless told otherwise.</summary>
    private static readonly TimeSpan ShortestSuspension = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _clock = database.Clock;
    private long _unansweredSince;
    private bool _wasAsleep;
    private volatile bool _isBusy;

    public TimeSpan MaxAge => options.MaxAge;

    public TimeSpan Patience
    {
        get
        {
            BeginUnanswered();
            return IsWaking && options.ColdStartTimeout > options.Timeout ? options.ColdStartTimeout : options.Timeout;
        }
    }

    public HealthCheckResult? Known()
    {
        if (!_isBusy && availability.IsUp == true && _clock.GetElapsedTime(availability.LastAnswer) < options.MaxAge && Took(availability.LastTook) < options.SlowAfter)
        {
            return Healthy("up", $"{database.Kind} answers.");
        }

        return database.Kind == Database.Neon && !options.WakeNeon && availability.IsQuiet(options.LeaveNeonAloneAfter) ? LeftAlone() : null;
    }

    public async Task<HealthCheckResult> LookAsync(CancellationToken cancellationToken)
    {
        var began = _clock.GetTimestamp();
        try
        {
            _isBusy = await database.ProbeAsync(cancellationToken).ConfigureAwait(false) == ProbeAnswer.BesidePool;
            var ended = _clock.GetTimestamp();
            var wasAsleep = Interlocked.Exchange(ref _unansweredSince, 0) != 0 && _wasAsleep;
            availability.Answered(began, ended, isProbe: true);
            return _isBusy && !wasAsleep ? Busy() : Answered(_clock.GetElapsedTime(began, ended), wasAsleep);
        }
        catch (OperationCanceledException)
        {
            availability.Missed(began, _clock.GetTimestamp());
            return Late(_clock.GetElapsedTime(began));
        }
        catch (DualDbException failure)
        {
            if (CallMeasurement.IsAway(failure))
            {
                availability.Missed(began, _clock.GetTimestamp());
            }

            return Failed(failure);
        }
    }

    public HealthCheckResult Late(TimeSpan since)
        => IsWaking
            ? Degraded("waking", string.Create(CultureInfo.InvariantCulture, $"{database.Kind} was asleep and is waking up: it has been asked for {since.TotalSeconds:0.#} s."))
            : Unhealthy("down", string.Create(CultureInfo.InvariantCulture, $"{database.Kind} has not answered for {since.TotalSeconds:0.#} s. Look at its state and at the network."));

    private bool IsWaking => _wasAsleep && Volatile.Read(ref _unansweredSince) is not 0 and var since && _clock.GetElapsedTime(since) < options.ColdStartTimeout;

    // Whether it was asleep is judged once, when it is first asked in vain: a database that is away for long looks the same afterwards.
    private void BeginUnanswered()
    {
        var since = Volatile.Read(ref _unansweredSince);
        if (since != 0 && availability.LastAnswer <= since)
        {
            return;
        }

        _wasAsleep = database.Kind == Database.Neon && availability.IsUp != false && (availability.LastAnswer == 0 || _clock.GetElapsedTime(availability.LastAnswer) > ShortestSuspension);
        Volatile.Write(ref _unansweredSince, _clock.GetTimestamp());
    }

    private HealthCheckResult Answered(TimeSpan took, bool wasAsleep)
    {
        var roundTrip = Math.Round(took.TotalMilliseconds, 1);
        if (took < options.SlowAfter)
        {
            return Healthy("up", $"{database.Kind} answers.", ("round_trip_ms", roundTrip));
        }

        return wasAsleep
            ? Degraded("waking", string.Create(CultureInfo.InvariantCulture, $"{database.Kind} was asleep, and took {took.TotalSeconds:0.#} s to wake up."), ("round_trip_ms", roundTrip))
            : Degraded("slow", string.Create(CultureInfo.InvariantCulture, $"{database.Kind} is slow: a round trip took {took.TotalSeconds:0.#} s."), ("round_trip_ms", roundTrip));
    }

    private HealthCheckResult Failed(DualDbException failure)
    {
        var answer = Find<PostgresException>(failure);
        var isStarting = answer is { SqlState: PostgresErrorCodes.CannotConnectNow } || (IsWaking && answer is not null && VendorErrors.Judge(answer) is VendorVerdict.TransientBeforeExecution or VendorVerdict.TransientDuringExecution);
        return isStarting && IsWithinColdStart
            ? new HealthCheckResult(HealthStatus.Degraded, $"{database.Kind} is starting. {failure.Message}", failure, Data("starting"))
            : new HealthCheckResult(HealthStatus.Unhealthy, failure.Message, failure, Data("down"));
    }

    private HealthCheckResult Busy()
        => Degraded("busy", $"{database.Kind} answers, and calls wait: all connections of this node to it are in use, or it is slow to take another. Dispose transactions and streams as soon as they are done, or raise MaxPoolSize.");

    private bool IsWithinColdStart => Volatile.Read(ref _unansweredSince) is not 0 and var since && _clock.GetElapsedTime(since) < options.ColdStartTimeout;

    private HealthCheckResult LeftAlone()
        => availability.LastAnswer == 0
            ? Degraded("unknown", "Neon has not been asked for anything yet, and is left alone since it may be asleep. DualDbHealthOptions.WakeNeon has it asked.")
            : Healthy("left alone", "Neon has answered when it was last asked, and is left alone since, so that it can sleep.");

    private HealthCheckResult Healthy(string state, string words, params ReadOnlySpan<(string Name, object Value)> data) => new(HealthStatus.Healthy, words, data: Data(state, data));

    private HealthCheckResult Degraded(string state, string words, params ReadOnlySpan<(string Name, object Value)> data) => new(HealthStatus.Degraded, words, data: Data(state, data));

    private HealthCheckResult Unhealthy(string state, string words) => new(HealthStatus.Unhealthy, words, data: Data(state));

    private Dictionary<string, object> Data(string state, params ReadOnlySpan<(string Name, object Value)> more)
    {
        var data = new Dictionary<string, object>(StringComparer.Ordinal) { ["state"] = state };
        if (availability.LastAnswer is not 0 and var last)
        {
            data["last_answer_seconds_ago"] = Math.Round(_clock.GetElapsedTime(last).TotalSeconds, 1);
        }

        foreach (var (name, value) in more)
        {
            data[name] = value;
        }

        return data;
    }

    private TimeSpan Took(long timestamps) => _clock.GetElapsedTime(0, timestamps);

    private static T? Find<T>(Exception exception)
        where T : Exception
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is T found)
            {
                return found;
            }
        }

        return null;
    }
}
