using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Applying;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Verification;

/// <summary>Compares both sides of maps.</summary>
internal sealed class Verifier(DatabaseSync sync, VerificationOptions options)
{
    private const string Parked = "select distinct on (key) key, error from dualdb.sync_parked where map = $1 and key = any ($2) order by key, id";

    public async Task<MapVerification> RunAsync(SyncMap map, CancellationToken cancellationToken)
    {
        var source = new SideReader(await TableSide.OpenAsync(sync.Of(map.Source.Database), map, isSource: true, cancellationToken).ConfigureAwait(false));
        var target = new SideReader(await TableSide.OpenAsync(sync.Of(map.Target.Database), map, isSource: false, cancellationToken).ConfigureAwait(false));
        var comparison = new MapComparison(source, target, options);
        await comparison.RunAsync(cancellationToken).ConfigureAwait(false);
        var (differences, inFlight, isConfirmed) = await new Confirmation(sync, map, source, target, options).RunAsync(comparison.Found, cancellationToken).ConfigureAwait(false);
        var isPartial = comparison.IsPartial || differences.Count > options.MaxDifferences;
        var kept = await ExplainAsync(map, [.. differences.OrderBy(static difference => difference.KeyText, StringComparer.Ordinal).Take(options.MaxDifferences)], cancellationToken).ConfigureAwait(false);
        return new MapVerification(map.Name, comparison.SourceRows, comparison.TargetRows, kept, inFlight, isPartial, isConfirmed, await FaultsAsync(map, cancellationToken).ConfigureAwait(false))
        {
            MasksKeys = map.Columns.Any(static column => column is { IsKey: true, IsSensitive: true }),
        };
    }

    private async Task<List<RowDifference>> ExplainAsync(SyncMap map, List<RowDifference> differences, CancellationToken cancellationToken)
    {
        foreach (var database in new[] { map.Source.Database, map.Target.Database })
        {
            if (differences.Count == 0)
            {
                break;
            }

            var reasons = await DatabaseCall.AskAsync(
                sync.Of(database),
                "Looking for what is put aside",
                [DatabaseCall.Command(Parked, DatabaseCall.Parameter(map.Name), DatabaseCall.Parameter(differences.Select(static difference => difference.KeyText).ToArray(), NpgsqlDbType.Text))],
                ReadReasonsAsync,
                cancellationToken).ConfigureAwait(false);
            differences = [.. differences.Select(difference => difference with { Reason = reasons.GetValueOrDefault(difference.KeyText) ?? difference.Reason })];
        }

        return differences;
    }

    private async Task<List<string>> FaultsAsync(SyncMap map, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        foreach (var route in Route.Of(map))
        {
            faults.AddRange(await CaptureCheck.FaultsAsync(sync.Of(route.From.Database), route, cancellationToken).ConfigureAwait(false));
        }

        return faults;
    }

    private static async Task<Dictionary<string, string>> ReadReasonsAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            reasons.Add(reader.GetString(0), "A change of it was put aside: " + reader.GetString(1));
        }

        return reasons;
    }
}
