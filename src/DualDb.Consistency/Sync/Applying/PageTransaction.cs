using System.Globalization;
using System.Text.Json;
using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Conflicts;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Applying;

/// <summary>The transaction in which a page is applied.</summary>
internal sealed class PageTransaction(DatabaseTransaction transaction, Database source, TimeSpan patience)
{
    private readonly List<RowChange> _rows = [];
    private readonly List<(SyncMap, ConflictWinner)> _conflicts = [];
    private int _parked;

    /// <summary>The target's time when the transaction began.</summary>
    public DateTimeOffset BeganAt { get; private set; }

    private short Site => (short)source;

    public AppliedPage Result() => new(_rows, _conflicts, _parked);

    /// <summary>Marks the transaction, moves the position, and tells which keys are put aside: one round trip.</summary>
    /// <exception cref="PositionLostException">The position is elsewhere.</exception>
    public async Task<HashSet<(string Map, string Key)>> BeginAsync(PositionMove move, CancellationToken cancellationToken)
    {
        using var batch = new NpgsqlBatch(transaction.Connection) { BatchCommands = { Marker(), Advance(move), DatabaseCall.Command(ApplySql.Parked, Short(Site)), DatabaseCall.Command(ApplySql.Time) } };
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            throw new PositionLostException();
        }

        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var parked = new HashSet<(string, string)>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            parked.Add((reader.GetString(0), reader.GetString(1)));
        }

        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        BeganAt = reader.GetFieldValue<DateTimeOffset>(0);
        return parked;
    }

    /// <summary>Marks a transaction that moves no position.</summary>
    public async Task MarkAsync(CancellationToken cancellationToken)
    {
        using var batch = new NpgsqlBatch(transaction.Connection) { BatchCommands = { Marker() } };
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Applies changes all together.</summary>
    public async Task ApplyAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        foreach (var round in Rounds(RowChange.Merge(changes)))
        {
            foreach (var group in round.GroupBy(static change => change.Route).OrderBy(static group => group.Key.Decides))
            {
                RowChange[] rows = [.. group];
                if (group.Key.Decides)
                {
                    var decided = await new Deciding(transaction, group.Key).RunAsync(rows, cancellationToken).ConfigureAwait(false);
                    _conflicts.AddRange(decided.Select(winner => (group.Key.Map, winner)));
                }
                else
                {
                    await WriteAsync(group.Key, rows, cancellationToken).ConfigureAwait(false);
                }

                _rows.AddRange(rows);
            }
        }
    }

    /// <summary>Applies changes in groups, and puts aside what the target refuses.</summary>
    public async Task ApplyCarefullyAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        var refused = new HashSet<(Route, string)>();
        await ApplyGroupAsync(changes, refused, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts a change aside.</summary>
    public async Task ParkAsync(RowChange change, string why, CancellationToken cancellationToken)
    {
        _parked++;
        var command = DatabaseCall.Command(
            ApplySql.Park,
            Short(Site),
            DatabaseCall.Parameter(change.Route.Map.Name),
            DatabaseCall.Parameter(change.Key),
            DatabaseCall.Parameter(change.Id),
            DatabaseCall.Parameter(change.IsGone ? "D" : "U"),
            Json(change.Before),
            Json(change.Document),
            DatabaseCall.Parameter(change.Base),
            DatabaseCall.Parameter(change.Version),
            Nullable(change.RecordedAt.ToUniversalTime(), NpgsqlDbType.TimestampTz),
            DatabaseCall.Parameter(why));
        using var batch = new NpgsqlBatch(transaction.Connection) { BatchCommands = { command } };
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task ApplyGroupAsync(IReadOnlyList<RowChange> group, HashSet<(Route, string)> refused, CancellationToken cancellationToken)
    {
        if (group.Count == 0)
        {
            return;
        }

        if (group.Count == 1 && refused.Contains((group[0].Route, group[0].Key)))
        {
            await ParkAsync(group[0], "It waits behind an earlier change of its row.", cancellationToken).ConfigureAwait(false);
            return;
        }

        if (!group.Any(change => refused.Contains((change.Route, change.Key))))
        {
            var (rows, conflicts) = (_rows.Count, _conflicts.Count);
            await transaction.Connection.ExecuteAsync("savepoint dualdb_group", cancellationToken).ConfigureAwait(false);
            try
            {
                await ApplyAsync(group, cancellationToken).ConfigureAwait(false);

                // What is deferred to the commit would fail all of it there.
                await transaction.Connection.ExecuteAsync("set constraints all immediate; release savepoint dualdb_group", cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception refusal) when (SyncApplier.IsRefusal(refusal))
            {
                _rows.RemoveRange(rows, _rows.Count - rows);
                _conflicts.RemoveRange(conflicts, _conflicts.Count - conflicts);
                await transaction.Connection.ExecuteAsync("rollback to savepoint dualdb_group", cancellationToken).ConfigureAwait(false);
                if (group.Count == 1)
                {
                    refused.Add((group[0].Route, group[0].Key));
                    await ParkAsync(group[0], SyncApplier.Shown(refusal), cancellationToken).ConfigureAwait(false);
                    return;
                }
            }
        }

        var half = group.Count / 2;
        await ApplyGroupAsync([.. group.Take(half)], refused, cancellationToken).ConfigureAwait(false);
        await ApplyGroupAsync([.. group.Skip(half)], refused, cancellationToken).ConfigureAwait(false);
    }

    private async Task WriteAsync(Route route, IReadOnlyList<RowChange> rows, CancellationToken cancellationToken)
    {
        using var batch = new NpgsqlBatch(transaction.Connection);
        RowWriting.Add(batch, route, [.. rows.Where(static row => row.IsGone)], [.. rows.Where(static row => !row.IsGone)]);
        if (route.KeepsRows)
        {
            var heard = rows.Select(static row => string.Create(
                CultureInfo.InvariantCulture, $$"""{"k":{{Feeding.RowDocument.Text(row.Key)}},"e":{{row.Base}},"v":{{row.Version}},"x":{{(row.IsGone ? "true" : "false")}}}"""));
            batch.BatchCommands.Add(DatabaseCall.Command(ApplySql.Heard, RowWriting.Rows(heard), DatabaseCall.Parameter(route.To.Schema), DatabaseCall.Parameter(route.To.Table)));
        }

        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private NpgsqlBatchCommand Advance(PositionMove move)
    {
        var (part, to, from, owner) = (Short((short)move.Part), DatabaseCall.Parameter(move.To.ToString()), DatabaseCall.Parameter(move.From.ToString()), DatabaseCall.Parameter(move.Owner));
        return move.HeldMap is { } map
            ? DatabaseCall.Command(ApplySql.AdvanceHeld, Short(Site), part, to, DatabaseCall.Parameter(map), from, owner)
            : DatabaseCall.Command(
                ApplySql.Advance, Short(Site), part, to, Nullable(move.LastChange?.Id, NpgsqlDbType.Bigint), Nullable(move.LastChange?.RecordedAt.ToUniversalTime(), NpgsqlDbType.TimestampTz), from, owner);
    }

    private NpgsqlBatchCommand Marker() => DatabaseCall.Command(
        ApplySql.Begin,
        DatabaseCall.Parameter("sync:" + source.ToString().ToLowerInvariant()),
        DatabaseCall.Parameter(((long)patience.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)));

    // Each row once per round: a statement cannot write one twice.
    private static IEnumerable<List<RowChange>> Rounds(IReadOnlyList<RowChange> changes)
    {
        var round = new List<RowChange>();
        var seen = new HashSet<(Route, string)>();
        foreach (var change in changes)
        {
            if (!seen.Add((change.Route, change.Key)))
            {
                yield return round;
                round = [];
                seen = [(change.Route, change.Key)];
            }

            round.Add(change);
        }

        if (round.Count > 0)
        {
            yield return round;
        }
    }

    private static NpgsqlParameter Short(short value) => new NpgsqlParameter<short> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Smallint };

    private static NpgsqlParameter Json(string? value) => Nullable(value, NpgsqlDbType.Json);

    private static NpgsqlParameter Nullable(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
