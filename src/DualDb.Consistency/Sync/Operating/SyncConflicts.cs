using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Applying;
using DualDb.Consistency.Sync.Conflicts;
using DualDb.Consistency.Sync.Feeding;
using DualDb.Errors;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync;

/// <summary>The conflicts of a root, and what operators decide about those that were left to them: <c>db.Sync.Conflicts</c>.</summary>
public sealed class SyncConflicts
{
    private const string ListSql = """
        select id, at, map, key, policy, winner, source_row::text, target_old::text, target_new::text, result::text, resolved_by from dualdb.sync_conflicts
        where ($1 is null or map = $1) and (not $2 or winner = 'open') and ($3 = 0 or id < $3) and ($5 is null or key = $5)
        order by id desc limit $4
        """;

    private const int MostCompared = 10_000;

    private const string Resolve = """
        update dualdb.sync_conflicts set winner = $2, result = $3, resolved_at = clock_timestamp(), resolved_by = $4, reason = $5 where id = $1 and winner = 'open' returning 1
        """;

    private readonly DatabaseSync _sync;

    internal SyncConflicts(DatabaseSync sync) => _sync = sync;

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
        foreach (var database in Sources)
        {
            found.AddRange(await ListAsync(database, new SyncConflictFilter { Map = map, OpenOnly = openOnly }, before?.Id ?? 0, limit, cancellationToken).ConfigureAwait(false));
        }

        return found;
    }

    /// <summary>Finds one; null where there is none.</summary>
    /// <param name="source">The database that decides: the source of its map.</param>
    /// <param name="id">Its number there.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<StoredConflict?> FindAsync(Database source, long id, CancellationToken cancellationToken = default)
        => !Sources.Contains(source) || id is < 1 or long.MaxValue ? null
            : await ListAsync(source, new SyncConflictFilter(), id + 1, 1, cancellationToken).ConfigureAwait(false) is [var found] && found.Id == id ? found : null;

    /// <summary>A conflict column by column.</summary>
    /// <param name="conflict">The conflict.</param>
    /// <exception cref="ArgumentException">This application does not know its map.</exception>
    public ConflictComparison Compare(StoredConflict conflict)
    {
        ArgumentNullException.ThrowIfNull(conflict);
        return ConflictComparison.Of(_sync.Named(conflict.Map).Single(), conflict);
    }

    /// <summary>What the open conflicts have in common, the most frequent first. The latest 10,000 of each database are looked at.</summary>
    /// <param name="map">The map; null for all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<IReadOnlyList<ConflictPattern>> PatternsAsync(string? map = null, CancellationToken cancellationToken = default)
        => [.. (await OpenAsync(map, cancellationToken).ConfigureAwait(false))
            .GroupBy(static one => (one.Conflict.Map, one.Pattern))
            .Select(static group => new ConflictPattern(group.Key.Map, group.Key.Pattern, group.LongCount(), group.Min(static one => one.Conflict.At)))
            .OrderByDescending(static pattern => pattern.Count)];

    /// <summary>Conflicts page by page: those that Neon decides, the latest first, then those of Supabase.</summary>
    internal async Task<IReadOnlyList<StoredConflict>> PageAsync(SyncConflictFilter filter, (Database Source, long Id)? after, int limit, CancellationToken cancellationToken)
    {
        var found = new List<StoredConflict>();
        foreach (var database in Sources.Where(database => after is null || database >= after.Value.Source))
        {
            if (found.Count < limit)
            {
                found.AddRange(await ListAsync(database, filter, after is { } place && place.Source == database ? place.Id : 0, limit - found.Count, cancellationToken).ConfigureAwait(false));
            }
        }

        return found;
    }

    /// <summary>The database that decides the conflicts of a map; null where this application does not know it.</summary>
    internal Database? SourceOf(string map) => _sync.Registry.Maps.FirstOrDefault(one => string.Equals(one.Name, map, StringComparison.Ordinal))?.Source.Database;

    private IEnumerable<Database> Sources => _sync.Registry.Maps.Where(static candidate => candidate.Direction == SyncDirection.TwoWay).Select(static candidate => candidate.Source.Database).Distinct().Order();

    private Task<List<StoredConflict>> ListAsync(Database database, SyncConflictFilter filter, long before, int limit, CancellationToken cancellationToken)
        => DatabaseCall.AskAsync(
            _sync.Of(database),
            "Listing conflicts",
            [DatabaseCall.Command(ListSql, DatabaseCall.Parameter(filter.Map), Boolean(filter.OpenOnly), DatabaseCall.Parameter(before), DatabaseCall.Parameter(limit), DatabaseCall.Parameter(filter.Key))],
            ReadAsync,
            cancellationToken);

    private async Task<List<ConflictComparison>> OpenAsync(string? map, CancellationToken cancellationToken)
    {
        const int PageSize = 500;
        var maps = _sync.Named(map).ToDictionary(static one => one.Name, StringComparer.Ordinal);
        var open = new List<ConflictComparison>();
        foreach (var database in Sources)
        {
            var before = 0L;
            for (var looked = 0; looked < MostCompared; looked += PageSize)
            {
                var page = await ListAsync(database, new SyncConflictFilter { Map = map, OpenOnly = true }, before, PageSize, cancellationToken).ConfigureAwait(false);
                open.AddRange(page.Where(conflict => maps.ContainsKey(conflict.Map)).Select(conflict => ConflictComparison.Of(maps[conflict.Map], conflict)));
                if (page.Count < PageSize)
                {
                    break;
                }

                before = page[^1].Id;
            }
        }

        return open;
    }

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

        return await DecideAsync(
            conflict,
            winner,
            actor,
            reason,
            (_, _, _) => Task.FromResult(winner == ConflictWinner.Merged ? row : winner == ConflictWinner.Target ? conflict.TargetAfter : conflict.SourceRow),
            cancellationToken).ConfigureAwait(false);
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
            throw new ArgumentException($"One side has deleted the row {conflict.Key} of {conflict.Map}, so that there are no columns to choose from. Take one side's.", nameof(conflict));
        }

        var chosen = fromTarget.ToHashSet(StringComparer.Ordinal);
        if (chosen.FirstOrDefault(name => !comparison.Columns.Any(column => !column.IsKey && string.Equals(column.Name, name, StringComparison.Ordinal))) is { } unknown)
        {
            throw new ArgumentException($"The map {conflict.Map} has no column '{unknown}' that could be chosen. It has {string.Join(", ", comparison.Columns.Where(static column => !column.IsKey).Select(static column => column.Name))}.", nameof(fromTarget));
        }

        return await DecideAsync(conflict, ConflictWinner.Merged, actor, reason, (transaction, route, token) => MergedAsync(transaction, route, conflict, comparison, chosen, token), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Decides all open conflicts of a map that have one pattern, in the same way, one after the other: what was decided until one fails stays decided.</summary>
    /// <param name="map">The map.</param>
    /// <param name="pattern">What they have in common: <see cref="ConflictComparison.Pattern"/>.</param>
    /// <param name="winner">Whose row is taken; <see cref="ConflictWinner.Merged"/> with <paramref name="fromTarget"/>.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="reason">Why; null for no word.</param>
    /// <param name="fromTarget">With <see cref="ConflictWinner.Merged"/>, the columns that are taken from the target; else null.</param>
    /// <param name="cancellationToken">Cancels the rest.</param>
    /// <returns>How many were decided, of the latest 10,000.</returns>
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

        var decided = 0L;
        foreach (var one in (await OpenAsync(map, cancellationToken).ConfigureAwait(false)).Where(one => string.Equals(one.Pattern, pattern, StringComparison.Ordinal)).Reverse())
        {
            decided += await (winner == ConflictWinner.Merged
                ? MergeAsync(one.Conflict, fromTarget!, actor, reason, cancellationToken)
                : ResolveAsync(one.Conflict, winner, actor, reason, row: null, cancellationToken)).ConfigureAwait(false) ? 1 : 0;
        }

        return decided;
    }

    private async Task<bool> DecideAsync(
        StoredConflict conflict, ConflictWinner winner, string actor, string? reason, Func<DatabaseTransaction, Route, CancellationToken, Task<string?>> decide, CancellationToken cancellationToken)
    {
        var map = _sync.Named(conflict.Map).Single();
        var database = _sync.Of(map.Source.Database);
        var transaction = await database.BeginOwnAsync(cancellationToken).ConfigureAwait(false);
        await using var ending = transaction.ConfigureAwait(false);
        try
        {
            var outcome = await decide(transaction, Route.Of(map)[^1], cancellationToken).ConfigureAwait(false);
            if (!await MarkAsync(transaction, conflict, winner, outcome, actor, reason, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }

            if (winner is not ConflictWinner.Source)
            {
                await WriteAsync(transaction, map, conflict, outcome, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not DualDbException and not ArgumentException)
        {
            throw ErrorTranslator.Translate(exception, database.Kind, entity: null, $"Deciding a conflict of {conflict.Map}");
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        _sync.Activity.Raise();
        return true;
    }

    // Under the row's lock: what the source has written since the conflict came to be is not taken back by a column that nobody has chosen.
    private static async Task<string?> MergedAsync(DatabaseTransaction transaction, Route route, StoredConflict conflict, ConflictComparison comparison, HashSet<string> chosen, CancellationToken cancellationToken)
    {
        var keys = RowWriting.Rows([$$"""{"k":{{RowDocument.Text(conflict.Key)}},"d":{{conflict.SourceRow}}}"""]);
        using var batch = new NpgsqlBatch(transaction.Connection)
        {
            BatchCommands = { DatabaseCall.Command(Backfill.WordSettings.Sql), DatabaseCall.Command(route.Sql.Lock, keys), DatabaseCall.Command(PresentSql(route), keys.Clone()) },
        };
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            throw new ArgumentException($"{route.To} has no row {conflict.Key} any more, so that there is nothing to merge. Take the target's row, or the source's, which is gone.", nameof(conflict));
        }

        var present = reader.GetString(0);
        var merged = RowMerge.Take(present, comparison.Columns.Select(static column => column.Name), chosen, conflict.TargetAfter!);
        return route.Map.Columns.FirstOrDefault(static column => column.IsVersion)?.Source is { } version ? RowMerge.CountUp(merged, version, present, conflict.TargetAfter) : merged;
    }

    private static string PresentSql(Route route)
        => $"select to_jsonb(t)::text from {route.To.Quoted} t join (select r.* from jsonb_to_recordset($1) as c (k text, d jsonb) cross join lateral jsonb_populate_record(null::{route.To.Quoted}, c.d) r) r on "
            + string.Join(" and ", route.KeyTo.Select(static column => $"t.{Identifiers.Quote(column)} = r.{Identifiers.Quote(column)}"));

    // Without the marker of the synchronisation, so that the log takes it for what it is: a change of the source's.
    private static async Task WriteAsync(DatabaseTransaction transaction, SyncMap map, StoredConflict conflict, string? outcome, CancellationToken cancellationToken)
    {
        var route = Route.Of(map)[1];
        var document = outcome ?? conflict.SourceRow ?? conflict.TargetBefore ?? conflict.TargetAfter!;
        var rows = RowWriting.Rows([$$"""{"k":{{RowDocument.Text(conflict.Key)}},"d":{{document}}}"""]);
        using var batch = new NpgsqlBatch(transaction.Connection) { BatchCommands = { DatabaseCall.Command(outcome is null ? route.Sql.Delete : route.Sql.Upsert, rows) } };
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<bool> MarkAsync(DatabaseTransaction transaction, StoredConflict conflict, ConflictWinner winner, string? outcome, string actor, string? reason, CancellationToken cancellationToken)
    {
        using var batch = new NpgsqlBatch(transaction.Connection)
        {
            BatchCommands =
            {
                DatabaseCall.Command(
                    Resolve,
                    DatabaseCall.Parameter(conflict.Id),
                    DatabaseCall.Parameter(winner.ToString().ToLowerInvariant()),
                    new NpgsqlParameter { Value = (object?)outcome ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Json },
                    DatabaseCall.Parameter(actor),
                    DatabaseCall.Parameter(reason)),
            },
        };
        return await batch.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not null;
    }

    private static async Task<List<StoredConflict>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var conflicts = new List<StoredConflict>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            conflicts.Add(new StoredConflict(
                reader.GetInt64(0),
                reader.GetFieldValue<DateTimeOffset>(1),
                reader.GetString(2),
                reader.GetString(3),
                Enum.Parse<ConflictPolicy>(reader.GetString(4)),
                Enum.Parse<ConflictWinner>(reader.GetString(5), ignoreCase: true),
                Text(reader, 6),
                Text(reader, 7),
                Text(reader, 8),
                Text(reader, 9),
                Text(reader, 10)));
        }

        return conflicts;
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static NpgsqlParameter Boolean(bool value) => new NpgsqlParameter<bool> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Boolean };
}
