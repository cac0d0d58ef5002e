using System.Globalization;
using DualDb.AspNetCore.Health.Looking;
using DualDb.Consistency.Monitoring.Measuring;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DualDb.AspNetCore.Health.Checks;

/// <summary>Something that is read from both databases, now and then, and not while Neon may be asleep: what was found last is told meanwhile.</summary>
/// <param name="read">Reads it.</param>
/// <param name="neon">What is known of Neon.</param>
/// <param name="options">How often, and whether Neon is woken.</param>
/// <param name="clock">The clock.</param>
internal sealed class SchemaLook(Func<CancellationToken, Task<HealthCheckResult>> read, Availability neon, DualDbHealthOptions options, TimeProvider clock) : IHealthLook
{
    private Found? _last;
    private volatile bool _hasFound;

    // Of the last attempt: one that failed is made again soon, whatever an earlier one has found.
    public TimeSpan MaxAge => _hasFound ? options.SchemaMaxAge : options.MaxAge;

    // Several statements, on a database that may be busy; who asks is told meanwhile what was found last.
    public TimeSpan Patience => TimeSpan.FromSeconds(30) > options.Timeout ? TimeSpan.FromSeconds(30) : options.Timeout;

    public HealthCheckResult? Known()
        => options.WakeNeon || !neon.IsQuiet(options.LeaveNeonAloneAfter) ? null
            : _last is { } last ? Tell(last)
            : HealthCheckResult.Degraded("It has not been looked at yet: Neon may be asleep, and is left alone. DualDbHealthOptions.WakeNeon has it asked.");

    public async Task<HealthCheckResult> LookAsync(CancellationToken cancellationToken)
    {
        _hasFound = false;
        var found = new Found(await read(cancellationToken).ConfigureAwait(false), clock.GetTimestamp());
        if (found.Result.Exception is null)
        {
            (_last, _hasFound) = (found, true);
        }

        return Tell(found);
    }

    public HealthCheckResult Late(TimeSpan since)
        => _last is { } last ? Tell(last) : HealthCheckResult.Degraded(string.Create(CultureInfo.InvariantCulture, $"It is still being looked at, for {since.TotalSeconds:0.#} s."));

    private HealthCheckResult Tell(Found found)
    {
        var data = new Dictionary<string, object>(found.Result.Data, StringComparer.Ordinal) { ["looked_at_seconds_ago"] = Math.Round(clock.GetElapsedTime(found.At).TotalSeconds, 1) };
        return new HealthCheckResult(found.Result.Status, found.Result.Description, found.Result.Exception, data);
    }

    private sealed record Found(HealthCheckResult Result, long At);
}
