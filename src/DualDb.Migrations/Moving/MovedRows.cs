using DualDb.Migrations.History;
using DualDb.Migrations.Running;
using Npgsql;

namespace DualDb.Migrations.Moving;

/// <summary>Brings rows over until all are there, and compares them.</summary>
/// <param name="run">The run.</param>
/// <param name="session">The transactions of the move.</param>
/// <param name="table">The table.</param>
/// <param name="shape">Its shape.</param>
/// <param name="advance">Goes on by a part.</param>
/// <param name="failure">What goes wrong.</param>
internal sealed class MovedRows(RunContext run, MoveSession session, MovedTable table, TableShape shape, MoveAdvance advance, MoveFailure failure)
{
    /// <summary>How many changes are few enough to be brought along in a moment.</summary>
    private const int Few = 1_000;

    private const int MostRounds = 20;

    /// <summary>Copies what is left, and brings along what was changed meanwhile, until there is little that came since.</summary>
    public async Task<MoveState> CatchUpAsync(MoveState state, StepProgress progress, CancellationToken cancellationToken)
    {
        for (var round = 0; ; round += state.IsComplete ? 1 : 0)
        {
            var source = await SourceSnapshot.TakeAsync(table.Source, cancellationToken).ConfigureAwait(false);
            await using var taken = source.ConfigureAwait(false);
            (state, var changes) = await advance.RunAsync(source, state, progress, cancellationToken).ConfigureAwait(false);
            if (state.IsComplete && (changes <= Few || round >= MostRounds))
            {
                return state;
            }
        }
    }

    /// <summary>Compares all rows of both sides as of one moment.</summary>
    /// <exception cref="MigrationFailedException">They differ; the next run begins anew.</exception>
    public async Task<MoveState> VerifyAsync(MoveState state, StepProgress progress, CancellationToken cancellationToken)
    {
        var source = await SourceSnapshot.TakeAsync(table.Source, cancellationToken).ConfigureAwait(false);
        await using var taken = source.ConfigureAwait(false);
        (state, _) = await advance.RunAsync(source, state, progress, cancellationToken).ConfigureAwait(false);
        if (!state.IsComplete)
        {
            // Somebody has emptied the table in this moment.
            return state;
        }

        if (await DifferenceAsync(table, shape, source, cancellationToken).ConfigureAwait(false) is not { } difference)
        {
            run.Reach("rows compared");
            return state;
        }

        await session.InAsync(
            table.Target,
            progress: null,
            async (connection, token) =>
            {
                await SessionSettings.ExecuteAsync(connection, $"truncate {table.To}", token).ConfigureAwait(false);
                await (state with { Stage = MoveState.Copying, After = null }).WriteAsync(run, connection, table.Move.To, token).ConfigureAwait(false);
            },
            "copy to begin anew",
            cancellationToken).ConfigureAwait(false);
        throw failure.Of($"the rows of both sides are not the same, though all were brought along: {difference}. Somebody wrote them past the triggers, or a type holds less here than there. {table.Source.Kind} goes on as before; run again, and the rows are copied anew.");
    }

    /// <summary>What differs between a moment of the one side and the other one as it is; null for nothing.</summary>
    public static async Task<string?> DifferenceAsync(MovedTable table, TableShape shape, SourceSnapshot source, CancellationToken cancellationToken)
    {
        var connection = await table.Target.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var returned = connection.ConfigureAwait(false);
        var reading = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var ending = reading.ConfigureAwait(false);
        await MoveSession.SetReadingAsync(connection, cancellationToken).ConfigureAwait(false);
        return await new RowComparison(shape, table.ShowsKeys).FindAsync(source.Connection, table.From, connection, table.To, cancellationToken).ConfigureAwait(false);
    }
}
