using DualDb.ChangeLog;
using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Applying;
using DualDb.Consistency.Sync.Decoding;
using DualDb.Consistency.Sync.Feeding;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Running;

/// <summary>
/// The maps of a part that are behind its position: a node has moved it that did not have them, or had them in an earlier form. Each has a position of its own, is read from there page by page, in turns with the others, and goes on with
/// them when it has come to where they are.
/// </summary>
internal sealed class HeldMaps(PostgresDatabase source, PostgresDatabase target, SyncApplier applier, int part, Guid owner, SyncOptions options)
{
    /// <summary>By whoever holds the part, and where it is: what is committed from then on is read with the others.</summary>
    private const string JoinSql = """
        with mine as (select 1 from dualdb.sync_positions where source = $1 and part = $2 and position = $5 and owner = $6 and stopped is null for share)
        delete from dualdb.sync_held where source = $1 and part = $2 and map = $3 and position = $4 and exists (select from mine)
        returning 1
        """;

    private readonly Dictionary<Route, (ChangeLogPosition Saved, ChangeLogPosition Read, SyncFeed Feed)> _held = [];

    public bool Any => _held.Count > 0;

    public IReadOnlyList<Route> Routes => [.. _held.Keys];

    public bool Contains(Route route) => _held.ContainsKey(route);

    /// <summary>Looks at what is behind of that which this node carries.</summary>
    public void Begin(LeasedPosition leased)
    {
        _held.Clear();
        foreach (var route in leased.Carried)
        {
            if (leased.Held.TryGetValue(route.Map.Name, out var position))
            {
                _held.Add(route, (position, position, new SyncFeed(source, [route], options.Parts, part)));
            }
        }
    }

    /// <summary>Applies the next page of a map, or has it go on with the others where it has caught up with them.</summary>
    /// <param name="route">The way of the map.</param>
    /// <param name="position">Where the others are, as it is kept, between two readings.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>What was read, and what was applied of it; null for nothing.</returns>
    /// <exception cref="PositionLostException">Another node has moved it.</exception>
    public async Task<(FeedPage? Page, AppliedPage? Applied)> StepAsync(Route route, ChangeLogPosition position, CancellationToken cancellationToken)
    {
        var (saved, read, feed) = _held[route];
        if (IsAt(read, position))
        {
            await JoinAsync(route, saved, position, cancellationToken).ConfigureAwait(false);
            return default;
        }

        if (read.Reading is null)
        {
            // What was decoded may be ahead of the snapshots of its log: it would be missing there.
            var now = await feed.BeginAsync(cancellationToken).ConfigureAwait(false);
            if (!SeenTransactions.Parse(position.Seen).IsWithin(SeenTransactions.Parse(now.Seen)))
            {
                return default;
            }

            read = read with { Reading = position.Seen, After = 0 };
        }

        var page = await feed.ReadAsync(read, options.PageSize, cancellationToken).ConfigureAwait(false);
        if (page.Page.Gap != ChangeLogGap.None || page.Fault is not null)
        {
            return (page, null);
        }

        if (page.Page.Changes.Count == 0)
        {
            await AdvanceAsync(route, saved, page.Page.Position, position, feed, cancellationToken).ConfigureAwait(false);
            return (page, null);
        }

        var move = new PositionMove(owner, source.Kind, part, saved, page.Page.Position, LastChange: null) { HeldMap = route.Map.Name };
        var applied = await applier.ApplyAsync(page.Changes, move, cancellationToken).ConfigureAwait(false);
        await AdvanceAsync(route, page.Page.Position, page.Page.Position, position, feed, cancellationToken).ConfigureAwait(false);
        return (page, applied);
    }

    // It joins in the same step: while the others go on from page to page, they are at another place by the next.
    private async Task AdvanceAsync(Route route, ChangeLogPosition saved, ChangeLogPosition read, ChangeLogPosition position, SyncFeed feed, CancellationToken cancellationToken)
    {
        _held[route] = (saved, read, feed);
        if (IsAt(read, position))
        {
            await JoinAsync(route, saved, position, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsAt(ChangeLogPosition read, ChangeLogPosition position) => read.Reading is null && string.Equals(read.Seen, position.Seen, StringComparison.Ordinal);

    private async Task JoinAsync(Route route, ChangeLogPosition saved, ChangeLogPosition position, CancellationToken cancellationToken)
    {
        var hasJoined = await DatabaseCall.RunAsync(
            target,
            $"Having {route.Map.Name} go on with the other maps",
            [
                DatabaseCall.Command(
                    JoinSql, Short((short)source.Kind), Short((short)part), DatabaseCall.Parameter(route.Map.Name), DatabaseCall.Parameter(saved.ToString()), DatabaseCall.Parameter(position.ToString()), DatabaseCall.Parameter(owner)),
            ],
            static (reader, token) => reader.ReadAsync(token),
            cancellationToken).ConfigureAwait(false);
        if (!hasJoined)
        {
            throw new PositionLostException();
        }

        _held.Remove(route);
    }

    private static NpgsqlParameter Short(short value) => new NpgsqlParameter<short> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Smallint };
}
