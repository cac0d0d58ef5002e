using System.Runtime.ExceptionServices;
using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Conflicts;

namespace DualDb.Consistency.Sync;

/// <summary>The conflicts of a root, and what operators decide about those that were left to them: <c>db.Sync.Conflicts</c>.</summary>
public sealed class SyncConflicts
{
    private readonly DatabaseSync _sync;
    private readonly ConflictLog _log;
    private readonly ConflictPatterns _patterns;

    internal SyncConflicts(DatabaseSync sync) => (_sync, _log, _patterns) = (sync, new ConflictLog(sync), new ConflictPatterns(sync));

    /// <summary>Lists conflicts, the latest first.</summary>
    /// <param name="map">The map; null for all.</param>
    /// <param name="openOnly">Whether only those that wait for a decision.</param>
    /// <param name="before">The last one of the page before; null for the first page.</param>
    /// <param name="limit">How many of each database at most, 1 to 1,000.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<IReadOnlyList<StoredConflict>> ListAsync(string? map = null, bool openOnly = false, StoredConflict? before = null, int limit = 100, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        var found = new List<StoredConflict>();
        foreach (var database in _log.Sources)
        {
            found.AddRange(await _log.ListAsync(database, new SyncConflictFilter { Map = map, OpenOnly = openOnly }, before?.Id ?? 0, limit, cancellationToken).ConfigureAwait(false));
        }

        return found;
    }

    /// <summary>Finds one; null where there is none.</summary>
    /// <param name="source">The database that decides: the source of its map.</param>
    /// <param name="id">Its number there.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<StoredConflict?> FindAsync(Database source, long id, CancellationToken cancellationToken = default)
        => !_log.Sources.Contains(source) || id is < 1 or long.MaxValue ? null
            : await _log.ListAsync(source, new SyncConflictFilter(), id + 1, 1, cancellationToken).ConfigureAwait(false) is [var found] && found.Id == id ? found : null;

    /// <summary>A conflict column by column.</summary>
    /// <param name="conflict">The conflict.</param>
    /// <exception cref="ArgumentException">This application does not know its map.</exception>
    public ConflictComparison Compare(StoredConflict conflict)
    {
        ArgumentNullException.ThrowIfNull(conflict);
        return ConflictComparison.Of(_sync.Named(conflict.Map).Single(), conflict);
    }

    /// <summary>What the open conflicts have in common, the most frequent first.</summary>
    /// <param name="map">The map; null for all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<IReadOnlyList<ConflictPattern>> PatternsAsync(string? map = null, CancellationToken cancellationToken = default)
    {
        var (patterns, missing) = await KnownPatternsAsync(map, cancellationToken).ConfigureAwait(false);
        if (missing is [var first, ..])
        {
            ExceptionDispatchInfo.Throw(first.Failure);
        }

        return patterns;
    }

    /// <summary>The same of the databases that can be read.</summary>
    internal async Task<(IReadOnlyList<ConflictPattern> Patterns, IReadOnlyList<UnreadDatabase> Missing)> KnownPatternsAsync(string? map, CancellationToken cancellationToken)
    {
        var maps = _sync.Named(map).Select(static one => one.Name).ToHashSet(StringComparer.Ordinal);
        var read = await EachDatabase.ReadAsync(_log.Sources.Select(_sync.Of), _patterns.ReadAsync, cancellationToken).ConfigureAwait(false);
        return (
            [.. read.Values.SelectMany(static patterns => patterns).Where(pattern => maps.Contains(pattern.Map))
                .OrderByDescending(static pattern => pattern.Count).ThenBy(static pattern => pattern.Map, StringComparer.Ordinal).ThenBy(static pattern => pattern.Pattern, StringComparer.Ordinal)],
            read.Missing);
    }

    /// <summary>Conflicts page by page, of the databases that can be read: those that Neon decides, the latest first, then those of Supabase.</summary>
    internal Task<(IReadOnlyList<StoredConflict> Conflicts, IReadOnlyList<UnreadDatabase> Missing)> KnownPageAsync(SyncConflictFilter filter, (Database Source, long Id)? after, int limit, CancellationToken cancellationToken)
        => _log.KnownPageAsync(filter, after, limit, cancellationToken);

    /// <summary>The database that decides the conflicts of a map; null where this application does not know it.</summary>
    internal Database? SourceOf(string map) => _sync.Registry.Maps.FirstOrDefault(one => string.Equals(one.Name, map, StringComparison.Ordinal))?.Source.Database;

    /// <summary>Decides a conflict that was left open. Both sides get what is decided, as a change of the source's; it is recorded with it.</summary>
    /// <param name="conflict">The conflict.</param>
    /// <param name="winner">Whose row is taken: <see cref="ConflictWinner.Source"/> for the row that the source has by now, <see cref="ConflictWinner.Target"/>, or <see cref="ConflictWinner.Merged"/> for <paramref name="row"/>.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="reason">Why; null for no word.</param>
    /// <param name="row">With <see cref="ConflictWinner.Merged"/>, the row as JSON by the source's columns, the key included; null to delete it. Otherwise null.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether it was still open.</returns>
    public async Task<bool> ResolveAsync(StoredConflict conflict, ConflictWinner winner, string actor, string? reason = null, string? row = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(conflict);
        ArgumentException.ThrowIfNullOrWhiteSpace(actor);
        if (winner is ConflictWinner.Open || !Enum.IsDefined(winner))
        {
            throw new ArgumentOutOfRangeException(nameof(winner), winner, "A decision takes the source's row, the target's, or a merged one.");
        }

        var taken = winner switch
        {
            ConflictWinner.Merged => row,
            ConflictWinner.Target => conflict.TargetAfter,
            _ => conflict.SourceRow,
        };
        return await new OpenConflict(_sync, conflict, actor, reason).TakeAsync(winner, taken, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Decides a conflict that was left open, column by column: the source's present row gets the columns that are named as the target left them.</summary>
    /// <param name="conflict">The conflict; both sides have its row.</param>
    /// <param name="fromTarget">The columns that are taken from the target, under the source's names; the others stay as the source has them by now.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="reason">Why; null for no word.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether it was still open.</returns>
    /// <exception cref="ArgumentException">A column is none of the map's, or is part of its key; or one side has deleted the row, so that there are no columns to choose from. Nothing was decided.</exception>
    public async Task<bool> MergeAsync(StoredConflict conflict, IReadOnlyCollection<string> fromTarget, string actor, string? reason = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(conflict);
        ArgumentNullException.ThrowIfNull(fromTarget);
        ArgumentException.ThrowIfNullOrWhiteSpace(actor);
        var comparison = Compare(conflict);
        if (!comparison.IsMergeable)
        {
            throw new ArgumentException($"One side has deleted the row of the conflict {conflict.Id} of {conflict.Map}, so that there are no columns to choose from. Take one side's.", nameof(conflict));
        }

        var chosen = fromTarget.ToHashSet(StringComparer.Ordinal);
        if (chosen.FirstOrDefault(name => !comparison.Columns.Any(column => !column.IsKey && string.Equals(column.Name, name, StringComparison.Ordinal))) is { } unknown)
        {
            throw new ArgumentException($"The map {conflict.Map} has no column '{unknown}' that could be chosen. It has {string.Join(", ", comparison.Columns.Where(static column => !column.IsKey).Select(static column => column.Name))}.", nameof(fromTarget));
        }

        return await new OpenConflict(_sync, conflict, actor, reason).MergeAsync(comparison, chosen, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Decides all open conflicts of a map that have one pattern, in the same way, one after the other: what was decided until one fails stays decided.</summary>
    /// <param name="map">The map.</param>
    /// <param name="pattern">What they have in common: <see cref="ConflictComparison.Pattern"/>.</param>
    /// <param name="winner">Whose row is taken; <see cref="ConflictWinner.Merged"/> with <paramref name="fromTarget"/>.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="reason">Why; null for no word.</param>
    /// <param name="fromTarget">With <see cref="ConflictWinner.Merged"/>, the columns that are taken from the target; else null.</param>
    /// <param name="cancellationToken">Cancels the rest.</param>
    /// <returns>How many were decided.</returns>
    /// <exception cref="ArgumentException">There is no such map, or the rows cannot be merged so.</exception>
    public async Task<long> ResolveAllAsync(
        string map, string pattern, ConflictWinner winner, string actor, string? reason = null, IReadOnlyCollection<string>? fromTarget = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(map);
        ArgumentNullException.ThrowIfNull(pattern);
        if (winner == ConflictWinner.Merged == fromTarget is null)
        {
            throw new ArgumentException("Rows are merged by the columns that are taken from the target, and only then are those named.", nameof(fromTarget));
        }

        return (await DecideAllAsync(map, pattern, winner, actor, reason, fromTarget, passesOver: false, static _ => { }, cancellationToken).ConfigureAwait(false)).Decided;
    }

    /// <summary>The same, telling how far it is.</summary>
    /// <param name="map">The map.</param>
    /// <param name="pattern">What they have in common.</param>
    /// <param name="winner">Whose row is taken.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="reason">Why; null for no word.</param>
    /// <param name="fromTarget">With <see cref="ConflictWinner.Merged"/>, the columns that are taken from the target; else null.</param>
    /// <param name="passesOver">Whether those of which there is nothing to merge any more are left open, so that the others are decided; otherwise they end it.</param>
    /// <param name="reached">Is told after each.</param>
    /// <param name="cancellationToken">Cancels the rest.</param>
    internal async Task<BulkDecision> DecideAllAsync(
        string map, string pattern, ConflictWinner winner, string actor, string? reason, IReadOnlyCollection<string>? fromTarget, bool passesOver, Action<BulkDecision> reached, CancellationToken cancellationToken)
    {
        var done = new BulkDecision(0, 0);
        await foreach (var conflict in _log.OpenAsync(_sync.Named(map).Single(), cancellationToken).ConfigureAwait(false))
        {
            if (!string.Equals(Compare(conflict).Pattern, pattern, StringComparison.Ordinal))
            {
                continue;
            }

            try
            {
                var isDecided = await (winner == ConflictWinner.Merged
                    ? MergeAsync(conflict, fromTarget!, actor, reason, cancellationToken)
                    : ResolveAsync(conflict, winner, actor, reason, row: null, cancellationToken)).ConfigureAwait(false);
                done = isDecided ? done with { Decided = done.Decided + 1 } : done;
            }
            catch (ArgumentException) when (passesOver)
            {
                done = done with { PassedOver = done.PassedOver + 1 };
            }

            reached(done);
        }

        return done;
    }
}
