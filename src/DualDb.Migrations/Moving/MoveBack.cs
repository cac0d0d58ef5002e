using DualDb.Connections;
using DualDb.Migrations.Files;
using DualDb.Migrations.History;
using DualDb.Migrations.Running;
using Npgsql;

namespace DualDb.Migrations.Moving;

/// <summary>Takes a phase of a move back, as long as no write would be lost by that.</summary>
/// <param name="migration">The migration that is taken back.</param>
/// <param name="session">The transactions of the move.</param>
/// <param name="table">The table.</param>
/// <param name="failure">What goes wrong.</param>
internal sealed class MoveBack(SqlMigration migration, MoveSession session, MovedTable table, MoveFailure failure)
{
    /// <summary>Takes one back.</summary>
    public async Task RunAsync(MigrationPhase phase, StepProgress after, Func<CancellationToken, Task<(TableShape From, TableShape To)>> shapes, CancellationToken cancellationToken)
    {
        var database = phase == MigrationPhase.Contract ? table.Source : table.Target;
        if (phase == MigrationPhase.Switch)
        {
            await SwitchBackAsync(shapes, cancellationToken).ConfigureAwait(false);
        }
        else if (phase == MigrationPhase.Backfill)
        {
            await EmptyAsync(cancellationToken).ConfigureAwait(false);
        }

        await session.InAsync(database, after, static (_, _) => Task.CompletedTask, "move taken back", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Looks whether something was written to the new table that the old one lacks.</summary>
    public async Task RequireOpenAsync(Func<CancellationToken, Task<TableShape>> shape, CancellationToken cancellationToken)
    {
        if (await StateAsync(cancellationToken).ConfigureAwait(false) is { IsSwitched: true })
        {
            // The new table may have more: what the file does to it behind the move is undone before the move is.
            var from = await shape(cancellationToken).ConfigureAwait(false);
            if (await DifferenceAsync(from, cancellationToken).ConfigureAwait(false) is { } difference)
            {
                await LetNewWritesGoOnAsync(cancellationToken).ConfigureAwait(false);
                throw WouldBeLost(difference);
            }
        }
    }

    private async Task EmptyAsync(CancellationToken cancellationToken)
    {
        // What another migration has brought, or is there for good, is not this one's to empty: it was refused, and has copied nothing.
        var state = await StateAsync(cancellationToken).ConfigureAwait(false);
        if (state is not null && (state.IsSwitched || !string.Equals(state.Migration, migration.Id.Name, StringComparison.Ordinal)))
        {
            return;
        }

        await new SourceCapture(session, table).EndAsync(cancellationToken).ConfigureAwait(false);
        if (state is null)
        {
            return;
        }

        await session.InAsync(
            table.Target,
            progress: null,
            async (connection, token) =>
            {
                await SessionSettings.ExecuteAsync(connection, $"truncate {table.To}", token).ConfigureAwait(false);
                await SessionSettings.ExecuteAsync(connection, WriteStop.Off(table.To), token).ConfigureAwait(false);
                await MoveState.ForgetAsync(connection, table.Move.To, token).ConfigureAwait(false);
            },
            "copy emptied",
            cancellationToken).ConfigureAwait(false);
    }

    // The new table takes no more writes; where it is as the old one, that one takes them again, and the log tells what comes from then on.
    private async Task SwitchBackAsync(Func<CancellationToken, Task<(TableShape From, TableShape To)>> shapes, CancellationToken cancellationToken)
    {
        if (await StateAsync(cancellationToken).ConfigureAwait(false) is { IsSwitched: true } state)
        {
            try
            {
                await StopNewAsync(shapes, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is MigrationFailedException || (exception is PostgresException answer && !session.Run.Lock.IsLost && !TransientErrors.IsConnectionBroken(answer)))
            {
                await LetNewWritesGoOnAsync(cancellationToken).ConfigureAwait(false);
                throw;
            }

            await session.InAsync(
                table.Target, progress: null, (connection, token) => (state with { Stage = MoveState.Copied }).WriteAsync(session.Run, connection, table.Move.To, token), "switch taken back", cancellationToken).ConfigureAwait(false);
        }

        await session.RunAsync(table.Source, [WriteStop.Off(table.From)], "old writes go on", cancellationToken).ConfigureAwait(false);
    }

    private async Task StopNewAsync(Func<CancellationToken, Task<(TableShape From, TableShape To)>> shapes, CancellationToken cancellationToken)
    {
        var (from, _) = await shapes(cancellationToken).ConfigureAwait(false);
        await session.RunAsync(table.Target, WriteStop.On(table.To, table.EarlyMessage, table.EarlyHint), "new writes stopped", cancellationToken).ConfigureAwait(false);
        if (await DifferenceAsync(from, cancellationToken).ConfigureAwait(false) is { } difference)
        {
            throw WouldBeLost(difference);
        }
    }

    // Also where an earlier attempt has stopped them, and broke off.
    private Task LetNewWritesGoOnAsync(CancellationToken cancellationToken)
        => session.RunAsync(table.Target, [WriteStop.Off(table.To)], "new writes go on", cancellationToken);

    private MigrationFailedException WouldBeLost(string difference)
        => failure.Of($"there is no way back: rows were written in {table.Target.Kind} since the switch, which {table.Source.Kind} lacks and would lose: {difference}. Stay here and drop the old table (the phase contract), or let the entity move back by a migration of its own behind that.");

    private async Task<string?> DifferenceAsync(TableShape shape, CancellationToken cancellationToken)
    {
        var source = await SourceSnapshot.TakeAsync(table.Source, cancellationToken).ConfigureAwait(false);
        await using var taken = source.ConfigureAwait(false);
        return await MovedRows.DifferenceAsync(table, shape, source, cancellationToken).ConfigureAwait(false);
    }

    private Task<MoveState?> StateAsync(CancellationToken cancellationToken)
        => MoveSession.AskAsync(table.Target, (connection, token) => MoveState.ReadAsync(connection, table.Move.To, token), cancellationToken);
}
