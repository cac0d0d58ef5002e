using System.Globalization;
using DualDb.Migrations.Files;
using DualDb.Migrations.History;
using DualDb.Migrations.Model;
using DualDb.Migrations.Running;
using Npgsql;

namespace DualDb.Migrations.Moving;

/// <summary>
/// Brings the table that comes here to a later moment of the one it comes from, in one transaction: first what was changed since the last moment among the rows that are here, then the next rows in the order of their keys. So what is here
/// is at each commit what was there at one moment, up to a key, and no unique index is in the way of rows that exchange their values.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="migration">The migration.</param>
/// <param name="session">The transactions of the move.</param>
/// <param name="table">The table.</param>
/// <param name="shape">Its shape.</param>
internal sealed class MoveAdvance(RunContext run, SqlMigration migration, MoveSession session, MovedTable table, TableShape shape)
{
    private const int DefaultBatch = 10_000;

    /// <summary>Goes on to a moment.</summary>
    /// <param name="source">The moment.</param>
    /// <param name="state">How far the table has come.</param>
    /// <param name="progress">The progress of the migration, for the history.</param>
    /// <param name="last">What else belongs to the transaction, where all rows are there; null for nothing.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>How far it has come then, and how many changes were brought along.</returns>
    public async Task<(MoveState State, long Changes)> RunAsync(
        SourceSnapshot source, MoveState state, StepProgress progress, Func<NpgsqlConnection, MoveState, CancellationToken, Task<(MoveState State, StepProgress Progress)>>? last, CancellationToken cancellationToken)
    {
        var since = state.ParsePosition();
        var changed = new ChangedKeys(source, shape, since);
        var (count, isTruncated) = await source.HasGapAsync(since, cancellationToken).ConfigureAwait(false) ? (0, true) : await changed.CountAsync(cancellationToken).ConfigureAwait(false);
        var next = state with { Position = source.Position.ToString() };
        next = isTruncated ? next with { Stage = MoveState.Copying, After = null } : next;
        var end = next.IsComplete ? null : await EndAsync(source.Connection, next.After, cancellationToken).ConfigureAwait(false);
        await session.InAsync(
            table.Target,
            async (connection, token) =>
            {
                var into = $"{table.To} ({shape.ColumnList})";
                if (isTruncated)
                {
                    await SessionSettings.ExecuteAsync(connection, $"truncate {table.To}", token).ConfigureAwait(false);
                }
                else if (count > 0)
                {
                    await changed.DeleteAsync(connection, table.To, token).ConfigureAwait(false);
                    run.Reach("changed rows deleted");
                    if (next.IsComplete || next.After is not null)
                    {
                        var arrived = next.IsComplete ? "" : " where " + Qualified(next.After!);
                        await RowCopy.RunAsync(source.Connection, $"select {string.Join(", ", shape.Columns.Select(static column => "t." + SqlName.Quote(column)))} from {changed.Rows}{arrived}", connection, into, token).ConfigureAwait(false);
                    }
                }

                var here = next;
                if (!next.IsComplete)
                {
                    await RowCopy.RunAsync(source.Connection, $"select {shape.ColumnList} from {table.From}{Between(next.After, end)}", connection, into, token).ConfigureAwait(false);
                    here = end is null ? next with { Stage = MoveState.Copied, After = null } : next with { After = end };
                }

                var written = progress with { Cursor = CursorOf(here), Error = null };
                if (last is not null && here.IsComplete)
                {
                    (here, written) = await last(connection, here, token).ConfigureAwait(false);
                }

                await here.WriteAsync(run, connection, table.Move.To, token).ConfigureAwait(false);
                state = here;
                return written;
            },
            "rows brought",
            cancellationToken).ConfigureAwait(false);
        return (state, count);
    }

    private static string CursorOf(MoveState state) => state.IsComplete ? state.Stage : $"{state.Stage} behind {(state.After is null ? "nothing" : string.Join(", ", state.After))}";

    // The key that the next rows end with; null where all that are left come now.
    private async Task<string[]?> EndAsync(NpgsqlConnection source, string[]? after, CancellationToken cancellationToken)
    {
        var rows = ((migration.Batch ?? DefaultBatch) - 1).ToString(CultureInfo.InvariantCulture);
        using var command = new NpgsqlCommand(
            $"select array[{string.Join(", ", shape.KeyNames.Select(static name => SqlName.Quote(name) + "::text"))}] from {table.From}{Between(after, end: null)} order by {shape.KeyList} offset {rows} limit 1", source);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as string[];
    }

    private string Between(string[]? after, string[]? end) => (after, end) switch
    {
        (null, null) => "",
        (null, _) => " where " + shape.Compare("<=", end),
        (_, null) => " where " + shape.Compare(">", after),
        _ => $" where {shape.Compare(">", after)} and {shape.Compare("<=", end)}",
    };

    private string Qualified(string[] after)
        => $"({string.Join(", ", shape.KeyNames.Select(static name => "t." + SqlName.Quote(name)))}) <= ({string.Join(", ", after.Select((value, place) => $"{SqlName.Literal(value)}::{shape.Key[place].Type}"))})";
}
