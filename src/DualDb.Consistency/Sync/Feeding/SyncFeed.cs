using System.Text.Json;
using DualDb.ChangeLog;
using DualDb.Consistency.Sync.Applying;
using DualDb.Consistency.Sync.Decoding;
using DualDb.Mapping.Wire;

namespace DualDb.Consistency.Sync.Feeding;

/// <summary>Reads what a database's log says of its synchronised tables, in the words of the other side.</summary>
internal sealed class SyncFeed
{
    private readonly IReadOnlyDictionary<string, List<Route>> _routes;
    private readonly ChangeLogReader _reader;
    private readonly ILogSource _log;
    private readonly SourceProjection _projection;

    /// <param name="source">The database.</param>
    /// <param name="routes">What leads on from it.</param>
    /// <param name="parts">Into how many parts its keys are hashed.</param>
    /// <param name="part">Which part.</param>
    /// <param name="options">How changes are taken from it; null for asking.</param>
    public SyncFeed(PostgresDatabase source, IReadOnlyList<Route> routes, int parts, int part, SyncSourceOptions? options = null)
    {
        _routes = routes.GroupBy(static route => route.From.Name, StringComparer.Ordinal).ToDictionary(static group => group.Key, static group => group.ToList(), StringComparer.Ordinal);
        var read = new ChangeLogPart([.. _routes.Keys], parts, part);
        _reader = new ChangeLogReader(source, read);
        _log = options is { IsDecoded: true } ? new DecodedLog(source, read, options) : new PolledLog(_reader);
        _projection = new SourceProjection(source);
    }

    /// <summary>Ends when there may be something to read; null where the log has to be asked from time to time.</summary>
    public Task? Arrival => _log.Arrival;

    /// <summary>Whose changes are given out; all at first. What a node does not carry is passed over.</summary>
    public Func<Route, bool> Carries { get; set; } = static _ => true;

    /// <summary>Lets go of the source until the next reading.</summary>
    public ValueTask CloseAsync() => _log.CloseAsync();

    public ValueTask<ChangeLogPosition> BeginAsync(CancellationToken cancellationToken) => _reader.BeginAsync(cancellationToken);

    public async Task<FeedPage> ReadAsync(ChangeLogPosition since, int limit, CancellationToken cancellationToken)
    {
        var page = await _log.ReadAsync(since, limit, cancellationToken).ConfigureAwait(false);
        var changes = new List<RowChange>(page.Changes.Count);
        foreach (var logged in page.Changes)
        {
            if (IsForCacheOnly(logged))
            {
                continue;
            }

            foreach (var route in _routes[$"{logged.Schema}.{logged.Table}"].Where(Carries))
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
            Trace = logged.Trace,
            Fault = RowDocument.Missing((after ?? key).RootElement, after is null ? route.KeyFrom : route.Copied) is { } missing
                ? $"The row has no column {missing}: {route.From} was altered, and the map {route.Map.Name} was not. Bring both together, write the row again, or repair it, and discard this."
                : null,
        };
    }

    // What the source has to compute first is sent as it is.
    private static string Shown(Route route, JsonDocument row) => route.Map.IsComputed ? row.RootElement.GetRawText() : RowDocument.Rename(row.RootElement, route.Columns);
}
