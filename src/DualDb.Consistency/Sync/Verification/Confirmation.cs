using System.Text.Json;
using DualDb.Consistency.Sync.Applying;
using DualDb.Consistency.Sync.Feeding;
using DualDb.Mapping.Wire;

namespace DualDb.Consistency.Sync.Verification;

/// <summary>
/// Looks again at rows that seemed to differ: once all that was written before has arrived, and only at those that nobody has written meanwhile. What still differs then is not on its way.
/// </summary>
internal sealed class Confirmation(DatabaseSync sync, SyncMap map, SideReader source, SideReader target, VerificationOptions options)
{
    private const int MostAttempts = 6;

    private readonly IReadOnlyList<Route> _routes = Route.Of(map);

    public async Task<(List<RowDifference> Differences, int InFlight, bool IsConfirmed)> RunAsync(IReadOnlyDictionary<string, string> found, CancellationToken cancellationToken)
    {
        var differences = new List<RowDifference>();
        var left = new Dictionary<string, string>(found, StringComparer.Ordinal);
        var isConfirmed = true;
        for (var attempt = 0; attempt < MostAttempts && left.Count > 0; attempt++)
        {
            var tokens = await TokensAsync(cancellationToken).ConfigureAwait(false);
            isConfirmed = await ArriveAsync(tokens, cancellationToken).ConfigureAwait(false);

            // The target first: a change that arrives in between would otherwise be there and not here.
            var targets = await target.RowsAsync(Keys(left.Values, target), cancellationToken).ConfigureAwait(false);
            var sources = await source.RowsAsync(Keys(left.Values, source), cancellationToken).ConfigureAwait(false);
            var touched = isConfirmed ? await TouchedAsync(tokens, cancellationToken).ConfigureAwait(false) : [];
            foreach (var (text, key) in left.Where(row => !touched.Contains(row.Key)).ToList())
            {
                left.Remove(text);
                if (Compare(text, sources, targets) is { } kind)
                {
                    differences.Add(new RowDifference(map.Name, key, kind, Reason: null) { KeyText = text });
                }
            }

            if (!isConfirmed)
            {
                break;
            }
        }

        return (differences, left.Count, isConfirmed);
    }

    private static DifferenceKind? Compare(string text, Dictionary<string, (string Key, long Hash)> sources, Dictionary<string, (string Key, long Hash)> targets)
        => (sources.TryGetValue(text, out var left), targets.TryGetValue(text, out var right)) switch
        {
            (true, false) => DifferenceKind.MissingInTarget,
            (false, true) => DifferenceKind.MissingInSource,
            (true, true) when left.Hash != right.Hash => DifferenceKind.Different,
            _ => null,
        };

    private async Task<List<(Route Route, SyncToken Token)>> TokensAsync(CancellationToken cancellationToken)
    {
        var tokens = new List<(Route, SyncToken)>();
        foreach (var route in _routes)
        {
            tokens.Add((route, await sync.TokenAsync(route.From.Database, cancellationToken).ConfigureAwait(false)));
        }

        return tokens;
    }

    private async Task<bool> ArriveAsync(List<(Route Route, SyncToken Token)> tokens, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var (_, token) in tokens)
            {
                await sync.WaitForSyncAsync(token, options.Patience, cancellationToken).ConfigureAwait(false);
            }

            return true;
        }
        catch (SyncTimeoutException)
        {
            return false;
        }
    }

    private async Task<HashSet<string>> TouchedAsync(List<(Route Route, SyncToken Token)> tokens, CancellationToken cancellationToken)
    {
        var touched = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (route, token) in tokens)
        {
            touched.UnionWith(await TouchedKeys.SinceAsync(sync.Of(token.Source), route, token, cancellationToken).ConfigureAwait(false));
        }

        return touched;
    }

    private string Keys(IEnumerable<string> keys, SideReader side)
        => RowDocument.Array(side.Side.Table == map.Source ? keys : keys.Select(Renamed));

    private string Renamed(string key)
    {
        using var row = JsonDocument.Parse(key, DeepJson.Document);
        return RowDocument.Rename(row.RootElement, [.. map.Columns.Where(static column => column.IsKey).Select(static column => (column.Source!, column.Target))]);
    }
}
