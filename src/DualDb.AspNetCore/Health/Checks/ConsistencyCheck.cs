using System.Globalization;
using DualDb.Consistency.Sync;
using DualDb.Consistency.Sync.Running;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DualDb.AspNetCore.Health.Checks;

/// <summary>Whether both sides agree, by the last comparison and the last counts of this node. It asks no database.</summary>
/// <param name="options">When is compared, and by how much counts may differ.</param>
/// <param name="verification">What was found.</param>
internal sealed class ConsistencyCheck(SyncOptions options, ScheduledVerification verification) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var words = SyncCondition.Of(verification).Select(static condition => condition.Words).Concat(Overdue()).ToList();
        var status = words.Count == 0 ? HealthStatus.Healthy : HealthStatus.Degraded;
        return Task.FromResult(new HealthCheckResult(status, words.Count == 0 ? Calm() : string.Join(" ", words), data: Data()));
    }

    private IEnumerable<string> Overdue()
    {
        if (options.VerifyEvery is { } every && verification.Age is { } age && age > 2 * every)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Both sides should be compared every {every}, and were not for {age.TotalSeconds:0} s. The log of the nodes says why.");
        }
    }

    private string Calm()
        => options is { VerifyEvery: null, CountEvery: null } ? "Nobody compares both sides: set SyncOptions.VerifyEvery or CountEvery, or call db.Sync.VerifyAsync."
            : verification.Last is null && verification.Counts.Count == 0 ? "Nothing is known to differ; this node has not made the last comparison."
            : "Both sides agree.";

    private Dictionary<string, object> Data()
    {
        var data = new Dictionary<string, object>(StringComparer.Ordinal) { ["count_threshold"] = options.CountThreshold };
        if (verification.Age is { } age)
        {
            data["last_verification_seconds_ago"] = Math.Round(age.TotalSeconds, 1);
        }

        if (verification.Last is { } last)
        {
            data["verified_at"] = last.StartedAt.ToString("O", CultureInfo.InvariantCulture);
            data["rows_compared"] = last.Maps.Sum(static map => map.SourceRows);
            data["rows_different"] = last.Maps.Sum(static map => (long)map.Differences.Count);
            data["orphans"] = last.References.Sum(static reference => (long)reference.Orphans.Count);
        }

        foreach (var count in verification.Counts)
        {
            data[count.Map + ".source_rows"] = count.SourceRows;
            data[count.Map + ".target_rows"] = count.TargetRows;
            data[count.Map + ".difference"] = count.Difference;
        }

        return data;
    }
}
