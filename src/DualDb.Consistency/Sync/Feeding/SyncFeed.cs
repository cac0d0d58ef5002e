using System.Text.Json;
using DualDb.ChangeLog;
using DualDb.Consistency.Sync.Applying;
using DualDb.Mapping.Wire;

namespace DualDb.Consistency.Sync.Feeding;

/// <summary>Reads what a database's log says of its synchronised tables, in the words of the other side.</summary>
internal sealed class SyncFeed
{
    private readonly IReadOnlyDictionary<string, List<Route>> _routes;
    private readonly ChangeLogReader _reader;
    private readonly SourceProjection _projection;

    public SyncFeed(PostgresDatabase source, IReadOnlyList<Route> routes, int parts, int part)
    {
        _routes = routes.GroupBy(static route => route.From.Name, StringComparer.Ordinal).ToDictionary(static group => group.Key, static group => group.ToList(), StringComparer.Ordinal);
        _reader = new ChangeLogReader(source, new ChangeLogPart([.. _routes.Keys], parts, part));
        _projection = new SourceProjection(source);
    }

    public ValueTask<ChangeLogPosition> BeginAsync(CancellationToken cancellationToken) => _reader.BeginAsync(cancellationToken);

    public async Task<FeedPage> ReadAsync(ChangeLogPosition since, int limit, CancellationToken cancellationToken)
    {
        var page = await _reader.ReadAsync(since, limit, cancellationToken).ConfigureAwait(false);
        var changes = new List<RowChange>(page.Changes.Count);
        foreach (var logged in page.Changes)
        {
            if (IsForCacheOnly(logged))
            {
                continue;
            }

            foreach (var route in _routes[$"{logged.Schema}.{logged.Table}"])
            {
                if (logged.Operation is ChangeOperation.Truncate)
                {
                    return new FeedPage(page, [], $"{route.From} was truncated. Which of its rows are meant to go on the other side cannot be told: compare both, repair one, and resume.");
                }

                // What has no version was applied here, and is logged for the maps that lead on.
                if (!route.KeepsRows || logged.Version is not null)
                {
                    changes.Add(Change(route, logged));
                }
            }
        }

        await _projection.ComputeAsync(changes, cancellationToken).ConfigureAwait(false);
        return new FeedPage(page, changes, Fault: null);
    }

    /// <summary>What was applied here, and is logged for a cache that watches the table.</summary>
    private static bool IsForCacheOnly(LoggedChange logged) => logged is { SchemaVersion: null } && logged.Origin?.StartsWith("sync:", StringComparison.Ordinal) == true;

    private static RowChange Change(Route route, LoggedChange logged)
    {
        using var key = JsonDocument.Parse(logged.Key!, DeepJson.Document);
        using var before = logged.Old is null ? null : JsonDocument.Parse(logged.Old, DeepJson.Document);
        using var after = logged.New is null ? null : JsonDocument.Parse(logged.New, DeepJson.Document);
        return new RowChange(
            route,
            logged.Id,
            RowKey.Of(key.RootElement, route.KeyFrom),
            Shown(route, after ?? before ?? key),
            IsGone: after is null,
            before is null ? null : Shown(route, before),
            logged.Base ?? 0,
            logged.Version ?? 0,
            logged.Version ?? 0,
            logged.RecordedAt)
        {
            Fault = RowDocument.Missing((after ?? key).RootElement, after is null ? route.KeyFrom : route.Copied) is { } missing
                ? $"The row has no column {missing}: {route.From} was altered, and the map {route.Map.Name} was not. Bring both together, write the row again, or repair it, and discard this."
                : null,
        };
    }

    // What the source has to compute first is sent as it is.
    private static string Shown(Route route, JsonDocument row) => route.Map.IsComputed ? row.RootElement.GetRawText() : RowDocument.Rename(row.RootElement, route.Columns);
}
