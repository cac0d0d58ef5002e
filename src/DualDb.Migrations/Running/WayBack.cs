using DualDb.Errors;
using DualDb.Migrations.Files;
using DualDb.Migrations.Files.Sql;
using DualDb.Migrations.History;
using DualDb.Migrations.Moving;
using Npgsql;

namespace DualDb.Migrations.Running;

/// <summary>Looks whether switches can be taken back, before anything is written down: what is begun has to be finished before anything is applied again.</summary>
internal static class WayBack
{
    /// <summary>Looks at all that is to be undone, also at what was applied only in part: its switch may have taken effect.</summary>
    /// <exception cref="WayBackClosedException">One cannot be taken back.</exception>
    public static async Task RequireOpenAsync(RunContext run, IEnumerable<(Migration Migration, HistoryRow Row)> undoing, CancellationToken cancellationToken)
    {
        foreach (var (migration, row) in undoing)
        {
            await RequireOpenAsync(run, migration, row, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Undoes one, unless it is a switch that cannot be taken back by now: its statements are left alone then.</summary>
    /// <exception cref="WayBackClosedException">It cannot.</exception>
    /// <exception cref="MigrationFailedException">A statement failed; the next run tries again.</exception>
    public static async Task UndoAsync(RunContext run, Migration migration, HistoryRow row, CancellationToken cancellationToken)
    {
        await RequireOpenAsync(run, migration, row, cancellationToken).ConfigureAwait(false);
        try
        {
            await Step.UndoAsync(run, migration, row, cancellationToken).ConfigureAwait(false);
        }
        catch (MigrationFailedException failure) when (!run.Lock.IsLost)
        {
            await Step.RecordFailureBackAsync(run, migration, failure, cancellationToken).ConfigureAwait(false);
            run.Reach("failure recorded");
            throw;
        }
    }

    // One that is half undone goes on to its end, which is the move itself: it refuses where it has to, and leaves a state from which the way on is known.
    private static async Task RequireOpenAsync(RunContext run, Migration migration, HistoryRow row, CancellationToken cancellationToken)
    {
        if (row.IsReverting || migration is not SqlMigration { Phase: MigrationPhase.Switch } sql)
        {
            return;
        }

        var moves = sql.Up.SelectMany(static segment => segment.Statements).Where(static statement => statement.Kind == StatementKind.Move).ToList();
        try
        {
            await (moves.Count == 0 ? Task.CompletedTask : new MoveStep(run, sql, moves).RequireWayBackAsync(cancellationToken)).ConfigureAwait(false);
        }
        catch (MigrationFailedException refusal)
        {
            throw new WayBackClosedException(refusal);
        }
        catch (NpgsqlException exception)
        {
            throw ErrorTranslator.Translate(exception, migration.Id.Database, entity: null, $"Looking whether {migration.Id} can be undone");
        }
    }
}
