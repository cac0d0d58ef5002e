using System.Globalization;
using System.Text.Json;
using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Conflicts;
using DualDb.Consistency.Sync.Feeding;
using DualDb.Mapping.Wire;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Applying;

/// <summary>
/// Weighs changes of the other side against the rows here, which are locked meanwhile. What was made in knowledge of all that was said here is taken over; what was not is a conflict, and what becomes
/// of it is said to the other side, whoever wins: only then do both end alike.
/// </summary>
internal sealed class Deciding(DatabaseTransaction transaction, Route route)
{
    private readonly string? _version = route.Map.Columns.FirstOrDefault(static column => column.IsVersion)?.Source;

    /// <summary>Runs in two round trips.</summary>
    /// <returns>Who won each conflict.</returns>
    /// <exception cref="RowMovedException">A row was inserted meanwhile; the transaction is to be rolled back and repeated.</exception>
    public async Task<IReadOnlyList<ConflictWinner>> RunAsync(IReadOnlyList<RowChange> rows, CancellationToken cancellationToken)
    {
        var current = await CurrentAsync(rows, cancellationToken).ConfigureAwait(false);
        var settled = rows.Select(row => Settle(row, current[row.Key])).ToList();
        using var batch = new NpgsqlBatch(transaction.Connection);
        RowWriting.Add(batch, route, [.. settled.Where(static row => row.Writes && row.Change.IsGone).Select(static row => row.Change)], [.. settled.Where(static row => row.Writes && !row.Change.IsGone).Select(static row => row.Change)]);
        batch.BatchCommands.Add(DatabaseCall.Command(ApplySql.Taken, RowWriting.Rows(settled.Select(static row => row.Taken())), DatabaseCall.Parameter(route.To.Schema), DatabaseCall.Parameter(route.To.Table)));
        var decided = settled.Where(static row => row.Decision is not null).ToList();
        if (decided.Count > 0)
        {
            batch.BatchCommands.Add(DatabaseCall.Command(
                route.Sql.Emit,
                RowWriting.Rows(decided.Select(row => row.Emitted(route))),
                DatabaseCall.Parameter(route.To.Schema),
                DatabaseCall.Parameter(route.To.Table),
                DatabaseCall.Parameter("decision"),
                DatabaseCall.Parameter(route.Map.SchemaVersion)));
            batch.BatchCommands.Add(DatabaseCall.Command(ApplySql.Record, RowWriting.Rows(decided.Select(static row => row.Recorded())), DatabaseCall.Parameter(route.Map.Name), DatabaseCall.Parameter(route.Map.OnConflict.ToString())));
        }

        await ExecuteAsync(batch, settled.Count, cancellationToken).ConfigureAwait(false);
        return [.. decided.Select(static row => row.Decision!.Winner)];
    }

    private static async Task ExecuteAsync(NpgsqlBatch batch, int expected, CancellationToken cancellationToken)
    {
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        var taken = 0;
        do
        {
            // Of all of them, only this one returns rows.
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                taken++;
            }
        }
        while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false));

        if (taken != expected)
        {
            throw new RowMovedException();
        }
    }

    private SettledRow Settle(RowChange row, CurrentRow current)
    {
        if (current.Epoch == row.Base)
        {
            return new SettledRow(row, row, current, Decision: null, Conflict: null);
        }

        var conflict = new SyncConflict(route.Map.Name, row.Key, current.Document is null ? null : Mapped(current.Document), row.Before, row.After, current.Stamps.LastOrDefault(current.Version), row.Version)
        {
            FirstSourceVersion = current.FirstVersionAfter(row.Base),
            FirstTargetVersion = row.FirstVersion,
            IsSourceFromTarget = (current.Stamps.LastOrDefault(current.Version) & 1) == (row.Version & 1),
        };
        var decision = row.Base == RowChange.Overrules ? ConflictDecision.TakeTarget(conflict) : Decide(conflict);
        var outcome = decision.Row is { } result ? Counted(result, conflict) : null;
        return new SettledRow(row, row with { Document = outcome ?? row.Document, IsGone = outcome is null }, current, decision, conflict) { IsCounted = outcome is not null && _version is not null };
    }

    private string Counted(string result, SyncConflict conflict) => _version is null ? result : RowMerge.CountUp(result, _version, conflict.SourceRow, conflict.TargetAfter);

    private ConflictDecision Decide(SyncConflict conflict)
    {
        try
        {
            return ConflictRules.Decide(route.Map, conflict);
        }
        catch (Exception exception)
        {
            throw new RowRefusedException($"The conflict could not be decided: {exception.GetType().Name}: {exception.Message}", exception);
        }
    }

    private string Mapped(string document)
    {
        using var row = JsonDocument.Parse(document, DeepJson.Document);
        return RowDocument.Rename(row.RootElement, [.. route.Columns.Select(static column => (column.To, column.To))]);
    }

    private async Task<Dictionary<string, CurrentRow>> CurrentAsync(IReadOnlyList<RowChange> rows, CancellationToken cancellationToken)
    {
        var documents = RowWriting.Documents(rows);
        var based = RowWriting.Rows(rows.Select(static row => string.Create(CultureInfo.InvariantCulture, $$"""{"k":{{RowDocument.Text(row.Key)}},"d":{{row.Document}},"b":{{row.Base}}}""")));
        using var batch = new NpgsqlBatch(transaction.Connection)
        {
            BatchCommands =
            {
                DatabaseCall.Command(route.Sql.Lock, documents),
                DatabaseCall.Command(route.Sql.Current, based, DatabaseCall.Parameter(route.To.Schema), DatabaseCall.Parameter(route.To.Table)),
            },
        };
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var current = new Dictionary<string, CurrentRow>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            current.Add(reader.GetString(0), new CurrentRow(
                reader.GetInt64(1), reader.GetFieldValue<long[]>(2), reader.GetFieldValue<long[]>(3), reader.GetInt64(4), reader.IsDBNull(5) ? null : reader.GetString(5)));
        }

        return current;
    }
}
