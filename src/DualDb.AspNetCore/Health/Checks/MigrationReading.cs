using System.Globalization;
using DualDb.Migrations;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DualDb.AspNetCore.Health.Checks;

/// <summary>Whether the migrations at hand are applied. One round trip for each database.</summary>
internal static class MigrationReading
{
    public static async Task<HealthCheckResult> ReadAsync(MigrationRunner runner, CancellationToken cancellationToken)
    {
        var status = await runner.StatusAsync(cancellationToken).ConfigureAwait(false);
        var words = Words(status).ToList();
        var data = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["applied"] = status.Migrations.Count(static migration => migration.State == MigrationStandingState.Applied),
            ["pending"] = status.Pending,
            ["changed"] = status.Migrations.Count(static migration => migration.IsChanged),
        };
        return new HealthCheckResult(words.Count == 0 ? HealthStatus.Healthy : HealthStatus.Degraded, words.Count == 0 ? "All migrations are applied." : string.Join(" ", words), data: data);
    }

    private static IEnumerable<string> Words(MigrationStatus status)
    {
        if (status.UnfinishedRun is { } unfinished)
        {
            yield return unfinished.IsUnderWay ? "A run of migrations is under way." : $"A run of migrations {(unfinished.Error is null ? "broke off" : "failed")}{(unfinished.IsUndoing ? " while it undid some" : "")}. Run it again: it goes on where it stopped.";
        }

        if (status.Pending > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{status.Pending} migrations are not applied, first {status.Migrations.First(static migration => migration.State is MigrationStandingState.Pending or MigrationStandingState.Applying).Id}.");
        }

        if (status.Migrations.FirstOrDefault(static migration => migration.IsChanged) is { } changed)
        {
            yield return $"{changed.Id} is another text than the one that was applied. See dualdb migrations status.";
        }
    }
}
