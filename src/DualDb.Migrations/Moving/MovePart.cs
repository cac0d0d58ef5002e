using DualDb.Migrations.Model;
using DualDb.Migrations.Running;
using Npgsql;

namespace DualDb.Migrations.Moving;

/// <summary>What one transaction brings over: it was read before, so that the transaction does not stand still while that is found out. It may be brought again where the transaction is repeated.</summary>
/// <param name="run">The run.</param>
/// <param name="source">The moment that it is read at.</param>
/// <param name="table">The table.</param>
/// <param name="shape">Its shape.</param>
/// <param name="next">How far the table has come with it; where rows are copied still, the key that they are copied behind.</param>
/// <param name="changed">What was changed since the last moment.</param>
internal sealed class MovePart(RunContext run, SourceSnapshot source, MovedTable table, TableShape shape, MoveState next, ChangedKeys changed)
{
    /// <summary>The changed keys that belong to it; null for none.</summary>
    public string? Keys { get; init; }

    /// <summary>Whether all is copied anew.</summary>
    public bool IsTruncated { get; init; }

    /// <summary>The key that the next rows end with; null where all that are left come.</summary>
    public string[]? End { get; init; }

    /// <summary>How many changes were brought along since the last moment.</summary>
    public long Changes { get; init; }

    /// <summary>Whether all rows are there behind it.</summary>
    public bool Completes => next.IsComplete || End is null;

    private string Into => $"{table.To} ({shape.ColumnList})";

    /// <summary>Brings it, within a transaction.</summary>
    /// <returns>How far the table has come.</returns>
    public async Task<MoveState> BringAsync(NpgsqlConnection target, CancellationToken cancellationToken)
    {
        if (IsTruncated)
        {
            await SessionSettings.ExecuteAsync(target, $"truncate {table.To}", cancellationToken).ConfigureAwait(false);
        }

        if (Keys is not null)
        {
            await changed.DeleteAsync(target, table.To, Keys, cancellationToken).ConfigureAwait(false);
            run.Reach("changed rows deleted");
            await BringChangedAsync(target, Keys, cancellationToken).ConfigureAwait(false);
        }

        var here = next;
        if (!next.IsComplete)
        {
            await RowCopy.RunAsync(source.Connection, $"select {shape.ColumnList} from {table.From}{shape.Between(next.After, End)}", target, Into, cancellationToken).ConfigureAwait(false);
            here = End is null ? next with { Stage = MoveState.Copied, After = null } : next with { After = End };
        }

        await here.WriteAsync(run, target, table.Move.To, cancellationToken).ConfigureAwait(false);
        return here;
    }

    /// <summary>Brings the rows of some changed keys, as far as rows have been copied.</summary>
    public Task BringChangedAsync(NpgsqlConnection target, string keys, CancellationToken cancellationToken)
    {
        var arrived = next.IsComplete ? "" : " where " + shape.Compare("<=", next.After!, "t.");
        return RowCopy.RunAsync(
            source.Connection, $"select {string.Join(", ", shape.Columns.Select(static column => "t." + SqlName.Quote(column)))} from {changed.RowsOf(keys)}{arrived}", target, Into, cancellationToken);
    }
}
