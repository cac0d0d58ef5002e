using DualDb.AspNetCore.Health.Looking;
using DualDb.Caching;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DualDb.AspNetCore.Health.Checks;

/// <summary>Whether Redis answers, by the connection that the cache holds. Away it makes reads slower, never wrong: degraded, not down.</summary>
internal sealed class RedisLook(CacheCore cache, DualDbHealthOptions options) : IHealthLook
{
    public TimeSpan MaxAge => options.MaxAge;

    public TimeSpan Patience => options.Timeout;

    public HealthCheckResult? Known() => cache.Redis!.IsUp ? Tell() : null;

    public async Task<HealthCheckResult> LookAsync(CancellationToken cancellationToken)
    {
        // The first attempt alone is waited for; after a failure the cache tries again by itself.
        await cache.Redis!.ReadyAsync().AsTask().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return Tell();
    }

    public HealthCheckResult Late(TimeSpan since) => Tell();

    private HealthCheckResult Tell()
    {
        var state = cache.Redis!.State;
        var data = new Dictionary<string, object>(StringComparer.Ordinal) { ["state"] = state.ToString(), ["invalidations_owed"] = cache.Redis.Log.Owed };
        return state == RedisState.Connected
            ? HealthCheckResult.Healthy("Redis answers.", data)
            : HealthCheckResult.Degraded("Redis does not answer. Reads go to the databases meanwhile, and other nodes learn of writes once it is back. Look at its state and at the network.", data: data);
    }
}
