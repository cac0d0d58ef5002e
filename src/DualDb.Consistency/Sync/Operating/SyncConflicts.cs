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
        where ($1 is null or map = $1) and (not $2 or winner = 'open') and ($3 = 0 or id < $3)
        order by id desc limit $4
        """;

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
        foreach (var database in _sync.Registry.Maps.Where(static candidate => candidate.Direction == SyncDirection.TwoWay).Select(static candidate => candidate.Source.Database).Distinct())
        {
            found.AddRange(await DatabaseCall.AskAsync(
                _sync.Of(database),
                "Listing conflicts",
                [DatabaseCall.Command(ListSql, DatabaseCall.Parameter(map), Boolean(openOnly), DatabaseCall.Parameter(before?.Id ?? 0), DatabaseCall.Parameter(limit))],
                ReadAsync,
                cancellationToken).ConfigureAwait(false));
        }

        return found;
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

        var map = _sync.Named(conflict.Map).Single();
        var outcome = winner == ConflictWinner.Merged ? row : conflict.TargetAfter;
        var database = _sync.Of(map.Source.Database);
        var transaction = await database.BeginOwnAsync(cancellationToken).ConfigureAwait(false);
        await using var ending = transaction.ConfigureAwait(false);
        try
        {
            if (!await MarkAsync(transaction, conflict, winner, outcome, actor, reason, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }

            if (winner is not ConflictWinner.Source)
            {
                await WriteAsync(transaction, map, conflict, outcome, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not DualDbException)
        {
            throw ErrorTranslator.Translate(exception, database.Kind, entity: null, $"Deciding a conflict of {conflict.Map}");
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        _sync.Activity.Raise();
        return true;
    }

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
                    new NpgsqlParameter { Value = (object?)(winner == ConflictWinner.Source ? conflict.SourceRow : outcome) ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Json },
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
