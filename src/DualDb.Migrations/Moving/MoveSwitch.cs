using DualDb.Connections;
using DualDb.Migrations.History;
using DualDb.Migrations.Running;
using Npgsql;

namespace DualDb.Migrations.Moving;

/// <summary>
/// The phase switch: what came since is brought along and all rows are compared, while the application goes on; then the old table takes no more writes, the last ones are brought along, and the new one takes over.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="session">The transactions of the move.</param>
/// <param name="table">The table.</param>
/// <param name="from">The shape of the old one.</param>
/// <param name="to">The shape of the new one.</param>
/// <param name="rows">Brings rows over.</param>
/// <param name="failure">What goes wrong.</param>
internal sealed class MoveSwitch(RunContext run, MoveSession session, MovedTable table, TableShape from, TableShape to, MovedRows rows, MoveFailure failure)
{
    /// <summary>Does what is not done yet.</summary>
    public async Task ApplyAsync(StepProgress before, StepProgress after, CancellationToken cancellationToken)
    {
        var state = await MoveSession.AskAsync(table.Target, (connection, token) => MoveState.ReadAsync(connection, table.Move.To, token), cancellationToken).ConfigureAwait(false)
            ?? throw failure.Of("nothing was copied yet. A file of the phase backfill with the same line 'move' comes before.");
        if (state.IsSwitched)
        {
            throw failure.Of($"{table.Target.Kind} has taken it over in an earlier move, and nothing was copied since. A file of the phase backfill with the same line 'move' comes before.");
        }

        if (!await MoveSession.AskAsync(table.Source, (connection, token) => WriteStop.IsOnAsync(connection, table.Move.From, token), cancellationToken).ConfigureAwait(false))
        {
            state = await PrepareAsync(state, before, cancellationToken).ConfigureAwait(false);
            await session.RunAsync(table.Source, WriteStop.On(table.From, table.GoneMessage, table.GoneHint), "writes stopped", cancellationToken).ConfigureAwait(false);
        }

        try
        {
            await FinishAsync(state, before, after, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException answer) when (!run.Lock.IsLost && !TransientErrors.IsConnectionBroken(answer))
        {
            // Nobody should be kept from writing for as long as somebody needs to put this right: nothing was taken over, and the log goes on.
            await session.RunAsync(table.Source, [WriteStop.Off(table.From)], "writes go on", cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private Task FinishAsync(MoveState state, StepProgress before, StepProgress after, CancellationToken cancellationToken) => rows.FinishAsync(
        state,
        before,
        async (source, connection, here, token) =>
        {
            await TargetNumbers.SetAsync(source.Connection, table, from, connection, to, token).ConfigureAwait(false);
            await SessionSettings.ExecuteAsync(connection, WriteStop.Off(table.To), token).ConfigureAwait(false);
            run.Reach("switched, not recorded");
            return (here with { Stage = MoveState.Switched }, after);
        },
        cancellationToken);

    private async Task<MoveState> PrepareAsync(MoveState state, StepProgress progress, CancellationToken cancellationToken)
    {
        if (!await new SourceCapture(session, table).IsOnAsync(cancellationToken).ConfigureAwait(false))
        {
            throw failure.Of($"the changes of {table.Move.From} in {table.Source.Kind} are not logged any more, so that some may be missing here: its triggers dualdb_change_log… are gone or off. Undo the phase backfill (dualdb migrations down), and apply it anew.");
        }

        do
        {
            state = await rows.CatchUpAsync(state, progress, cancellationToken).ConfigureAwait(false);
            state = await rows.VerifyAsync(state, progress, cancellationToken).ConfigureAwait(false);
        }
        while (!state.IsComplete);

        return state;
    }
}
