using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Applying;
using DualDb.Consistency.Sync.Conflicts;
using DualDb.Consistency.Sync.Feeding;
using DualDb.Errors;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync;

/// <summary>A conflict that somebody decides: marks it, and writes what is decided as a change of the source's, in one transaction.</summary>
internal sealed class OpenConflict(DatabaseSync sync, StoredConflict conflict, string actor, string? reason)
{
    private const string MarkSql = """
        update dualdb.sync_conflicts set winner = $2, result = $3, resolved_at = clock_timestamp(), resolved_by = $4, reason = $5 where id = $1 and winner = 'open' returning 1
        """;

    /// <summary>Takes a row as it is.</summary>
    /// <param name="winner">Whose it is.</param>
    /// <param name="row">The row; null to delete it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether the conflict was still open.</returns>
    public Task<bool> TakeAsync(ConflictWinner winner, string? row, CancellationToken cancellationToken)
        => RunAsync(winner, (_, _, _) => Task.FromResult(row), cancellationToken);

    /// <summary>Takes the source's present row, with some columns as the target left them.</summary>
    /// <param name="comparison">The conflict, column by column.</param>
    /// <param name="fromTarget">The columns of the target's.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether the conflict was still open.</returns>
    public Task<bool> MergeAsync(ConflictComparison comparison, HashSet<string> fromTarget, CancellationToken cancellationToken)
        => RunAsync(ConflictWinner.Merged, (transaction, route, token) => MergedAsync(transaction, route, comparison, fromTarget, token), cancellationToken);

    private async Task<bool> RunAsync(ConflictWinner winner, Func<DatabaseTransaction, Route, CancellationToken, Task<string?>> decide, CancellationToken cancellationToken)
    {
        var map = sync.Named(conflict.Map).Single();
        var database = sync.Of(map.Source.Database);
        var transaction = await database.BeginOwnAsync(cancellationToken).ConfigureAwait(false);
        await using var ending = transaction.ConfigureAwait(false);
        try
        {
            var outcome = await decide(transaction, Route.Of(map)[^1], cancellationToken).ConfigureAwait(false);
            if (!await MarkAsync(transaction, winner, outcome, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }

            if (winner is not ConflictWinner.Source)
            {
                await WriteAsync(transaction, map, outcome, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not DualDbException and not ArgumentException)
        {
            throw ErrorTranslator.Translate(exception, database.Kind, entity: null, $"Deciding a conflict of {conflict.Map}");
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        sync.Activity.Raise();
        return true;
    }

    // Under the row's lock: what the source has written since the conflict came to be is not taken back by a column that nobody has chosen.
    private async Task<string?> MergedAsync(DatabaseTransaction transaction, Route route, ConflictComparison comparison, HashSet<string> chosen, CancellationToken cancellationToken)
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
            throw new ArgumentException($"{route.To} has no row of the conflict {conflict.Id} any more, so that there is nothing to merge. Take the target's row, or the source's, which is gone.", nameof(conflict));
        }

        var present = reader.GetString(0);
        var merged = RowMerge.Take(present, comparison.Columns.Select(static column => column.Name), chosen, conflict.TargetAfter!);
        return route.Map.Columns.FirstOrDefault(static column => column.IsVersion)?.Source is { } version ? RowMerge.CountUp(merged, version, present, conflict.TargetAfter) : merged;
    }

    private static string PresentSql(Route route)
        => $"select to_jsonb(t)::text from {route.To.Quoted} t join (select r.* from jsonb_to_recordset($1) as c (k text, d jsonb) cross join lateral jsonb_populate_record(null::{route.To.Quoted}, c.d) r) r on "
            + string.Join(" and ", route.KeyTo.Select(static column => $"t.{Identifiers.Quote(column)} = r.{Identifiers.Quote(column)}"));

    // Without the marker of the synchronisation, so that the log takes it for what it is: a change of the source's.
    private async Task WriteAsync(DatabaseTransaction transaction, SyncMap map, string? outcome, CancellationToken cancellationToken)
    {
        var route = Route.Of(map)[1];
        var document = outcome ?? conflict.SourceRow ?? conflict.TargetBefore ?? conflict.TargetAfter!;
        var rows = RowWriting.Rows([$$"""{"k":{{RowDocument.Text(conflict.Key)}},"d":{{document}}}"""]);
        using var batch = new NpgsqlBatch(transaction.Connection) { BatchCommands = { DatabaseCall.Command(outcome is null ? route.Sql.Delete : route.Sql.Upsert, rows) } };
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> MarkAsync(DatabaseTransaction transaction, ConflictWinner winner, string? outcome, CancellationToken cancellationToken)
    {
        using var batch = new NpgsqlBatch(transaction.Connection)
        {
            BatchCommands =
            {
                DatabaseCall.Command(
                    MarkSql,
                    DatabaseCall.Parameter(conflict.Id),
                    DatabaseCall.Parameter(winner.ToString().ToLowerInvariant()),
                    new NpgsqlParameter { Value = (object?)outcome ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Json },
                    DatabaseCall.Parameter(actor),
                    DatabaseCall.Parameter(reason)),
            },
        };
        return await batch.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not null;
    }
}
