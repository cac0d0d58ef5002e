using DualDb.Migrations.Files;
using DualDb.Migrations.History;
using DualDb.Migrations.Linting;
using DualDb.Migrations.Running;
using Npgsql;

namespace DualDb.Migrations.Moving;

/// <summary>The phase backfill: rows are copied while the application goes on to write where they are, and compared.</summary>
/// <param name="run">The run.</param>
/// <param name="migration">The migration.</param>
/// <param name="session">The transactions of the move.</param>
/// <param name="table">The table.</param>
/// <param name="shape">Its shape.</param>
/// <param name="rows">Brings rows over.</param>
/// <param name="failure">What goes wrong.</param>
internal sealed class MoveCopy(RunContext run, SqlMigration migration, MoveSession session, MovedTable table, TableShape shape, MovedRows rows, MoveFailure failure)
{
    /// <summary>Does what is not done yet.</summary>
    public async Task ApplyAsync(StepProgress before, StepProgress after, CancellationToken cancellationToken)
    {
        var state = await MoveSession.AskAsync(table.Target, (connection, token) => MoveState.ReadAsync(connection, table.Move.To, token), cancellationToken).ConfigureAwait(false);
        if (!string.Equals(state?.Migration, migration.Id.Name, StringComparison.Ordinal))
        {
            state = await BeginAsync(before with { Cursor = "begun" }, cancellationToken).ConfigureAwait(false);
        }

        // Forgotten by a repair and run again: the rows here are the ones that count by now, and to compare them with the old ones would be to lose what was written since.
        while (!state!.IsSwitched)
        {
            state = await rows.CatchUpAsync(state, before, cancellationToken).ConfigureAwait(false);
            state = await rows.VerifyAsync(state, before, cancellationToken).ConfigureAwait(false);
            if (state.IsComplete)
            {
                break;
            }
        }

        await session.InAsync(table.Target, after, static (_, _) => Task.CompletedTask, "copy done", cancellationToken).ConfigureAwait(false);
    }

    // The log first, then the moment that rows are read from: what is committed later is in the log.
    private async Task<MoveState> BeginAsync(StepProgress begun, CancellationToken cancellationToken)
    {
        await RequireNothingLeftAsync(cancellationToken).ConfigureAwait(false);

        // Whoever undoes it has to know that there is something.
        await session.InAsync(table.Target, begun, static (_, _) => Task.CompletedTask, "move begun", cancellationToken).ConfigureAwait(false);
        if (await new SourceCapture(session, table).BeginAsync(shape, cancellationToken).ConfigureAwait(false))
        {
            throw failure.Of($"{table.Move.From} in {table.Source.Kind} is synchronised with another table, and nobody would carry that on. Take it out of its map ([SyncMap], [Synced]), release that, forget the map (db.Sync.ForgetAsync), and run again.");
        }

        var source = await SourceSnapshot.TakeAsync(table.Source, cancellationToken).ConfigureAwait(false);
        await using var taken = source.ConfigureAwait(false);
        var state = new MoveState(migration.Id.Name, MoveState.Copying, source.Position.ToString(), After: null);
        await session.InAsync(
            table.Target,
            progress: null,
            async (connection, token) =>
            {
                await SessionSettings.ExecuteAsync(connection, MoveState.Create, token).ConfigureAwait(false);
                foreach (var statement in WriteStop.OnNew(table, run.Clock.GetUtcNow()))
                {
                    await SessionSettings.ExecuteAsync(connection, statement, token).ConfigureAwait(false);
                }

                await RequireEmptyAsync(connection, token).ConfigureAwait(false);
                await state.WriteAsync(run, connection, table.Move.To, token).ConfigureAwait(false);
            },
            "copy begun",
            cancellationToken).ConfigureAwait(false);
        return state;
    }

    // What tells others of changes would be silent from the switch on, and nobody would notice.
    private async Task RequireNothingLeftAsync(CancellationToken cancellationToken)
    {
        if (migration.Accepts.Contains(LintRules.LeftCaptures, StringComparer.Ordinal))
        {
            return;
        }

        var there = await MoveSession.AskAsync(table.Source, (connection, token) => OtherCaptures.FindAsync(connection, table.Move.From, token), cancellationToken).ConfigureAwait(false);
        var here = there.Count == 0 ? [] : await MoveSession.AskAsync(table.Target, (connection, token) => OtherCaptures.FindAsync(connection, table.Move.To, token), cancellationToken).ConfigureAwait(false);
        if (there.Except(here, StringComparer.Ordinal).ToList() is { Count: > 0 } left)
        {
            throw failure.Of(
                $"others are told of changes of {table.Move.From} in {table.Source.Kind}, and would hear of none behind the switch ({string.Join(", ", left)}). Create the same for {table.Move.To} in {table.Target.Kind} in a migration before, or write '-- accept: {LintRules.LeftCaptures}' and the reason into the header.");
        }
    }

    private async Task RequireEmptyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand($"select exists (select from {table.To})", connection);
        if (await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true)
        {
            throw failure.Of($"{table.Move.To} in {table.Target.Kind} holds rows already, which came from elsewhere. Look what they are, and empty it.");
        }
    }
}
