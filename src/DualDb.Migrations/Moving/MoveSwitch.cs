using DualDb.Connections;
using DualDb.Migrations.History;
using DualDb.Migrations.Running;
using Npgsql;

namespace DualDb.Migrations.Moving;

/// <summary>
/// The phase switch, for all tables of a file together: what came since is brought along and all rows are compared, while the application goes on; then the old tables take no more writes, the last ones are brought along, and the new ones take
/// over, in one transaction.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="session">The transactions of the move.</param>
/// <param name="tables">The tables; all go the same way.</param>
/// <param name="failure">What goes wrong.</param>
internal sealed class MoveSwitch(RunContext run, MoveSession session, IReadOnlyList<SwitchedTable> tables, MoveFailure failure)
{
    private PostgresDatabase Source => tables[0].Table.Source;

    private PostgresDatabase Target => tables[0].Table.Target;

    /// <summary>Does what is not done yet.</summary>
    public async Task ApplyAsync(StepProgress before, StepProgress after, CancellationToken cancellationToken)
    {
        var states = new List<MoveState>();
        foreach (var one in tables)
        {
            states.Add(await RequireCopiedAsync(one.Table, cancellationToken).ConfigureAwait(false));
        }

        if (!await AreStoppedAsync(cancellationToken).ConfigureAwait(false))
        {
            for (var i = 0; i < tables.Count; i++)
            {
                states[i] = await PrepareAsync(tables[i], states[i], before, cancellationToken).ConfigureAwait(false);
            }

            var since = run.Clock.GetUtcNow();
            await session.RunAsync(Source, tables.SelectMany(one => WriteStop.OnOld(one.Table, since)), "writes stopped", cancellationToken).ConfigureAwait(false);
        }

        try
        {
            await FinishAsync(states, before, after, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException answer) when (!run.Lock.IsLost && !TransientErrors.IsConnectionBroken(answer))
        {
            // Nobody should be kept from writing for as long as somebody needs to put this right: nothing was taken over, and the log goes on.
            await session.RunAsync(Source, tables.Select(static one => WriteStop.Off(one.Table.From)), "writes go on", cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<MoveState> RequireCopiedAsync(MovedTable table, CancellationToken cancellationToken)
    {
        var state = await MoveSession.AskAsync(table.Target, (connection, token) => MoveState.ReadAsync(connection, table.Move.To, token), cancellationToken).ConfigureAwait(false)
            ?? throw failure.Of($"nothing of {table.Move.From} was copied yet. A file of the phase backfill with the same line 'move' comes before.");
        return state.IsSwitched
            ? throw failure.Of($"{table.Target.Kind} has taken {table.Move.To} over in an earlier move, and nothing was copied since. A file of the phase backfill with the same line 'move' comes before.")
            : state;
    }

    private async Task<bool> AreStoppedAsync(CancellationToken cancellationToken)
    {
        foreach (var one in tables)
        {
            if (!await MoveSession.AskAsync(Source, (connection, token) => WriteStop.IsOnAsync(connection, one.Table.Move.From, token), cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<MoveState> PrepareAsync(SwitchedTable one, MoveState state, StepProgress progress, CancellationToken cancellationToken)
    {
        var table = one.Table;
        if (!await new SourceCapture(session, table).IsOnAsync(cancellationToken).ConfigureAwait(false))
        {
            throw failure.Of($"the changes of {table.Move.From} in {table.Source.Kind} are not logged any more, so that some may be missing here: its triggers dualdb_change_log… are gone or off. Undo the phase backfill (dualdb migrations down), and apply it anew.");
        }

        do
        {
            state = await one.Rows.CatchUpAsync(state, progress, cancellationToken).ConfigureAwait(false);
            state = await one.Rows.VerifyAsync(state, progress, cancellationToken).ConfigureAwait(false);
        }
        while (!state.IsComplete);

        return state;
    }

    // All are read as of one moment, so that what refers from the one to the other finds it.
    private async Task FinishAsync(List<MoveState> states, StepProgress before, StepProgress after, CancellationToken cancellationToken)
    {
        for (var isFinished = false; !isFinished;)
        {
            var source = await SourceSnapshot.TakeAsync(Source, cancellationToken).ConfigureAwait(false);
            await using var taken = source.ConfigureAwait(false);
            var parts = new List<MovePart>();
            for (var i = 0; i < tables.Count; i++)
            {
                parts.Add(await tables[i].Advance.ReadAsync(source, states[i], before, cancellationToken).ConfigureAwait(false));
            }

            isFinished = parts.TrueForAll(static part => part.Completes);
            if (isFinished)
            {
                await session.InAsync(Target, after, (connection, token) => TakeOverAsync(source, parts, connection, token), "rows brought", cancellationToken).ConfigureAwait(false);
            }

            for (var i = 0; i < tables.Count && !isFinished; i++)
            {
                states[i] = await tables[i].Advance.BringAsync(parts[i], before, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task TakeOverAsync(SourceSnapshot source, List<MovePart> parts, NpgsqlConnection target, CancellationToken cancellationToken)
    {
        for (var i = 0; i < tables.Count; i++)
        {
            var (table, from, to) = (tables[i].Table, tables[i].From, tables[i].To);
            var here = await parts[i].BringAsync(target, cancellationToken).ConfigureAwait(false);
            await TargetNumbers.SetAsync(source.Connection, table, from, target, to, cancellationToken).ConfigureAwait(false);
            await SessionSettings.ExecuteAsync(target, WriteStop.Off(table.To), cancellationToken).ConfigureAwait(false);
            await (here with { Stage = MoveState.Switched }).WriteAsync(run, target, table.Move.To, cancellationToken).ConfigureAwait(false);
            run.Reach("switched, not recorded");
        }
    }
}
