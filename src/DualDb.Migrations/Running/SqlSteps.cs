using DualDb.Migrations.Files;
using DualDb.Migrations.Files.Sql;
using DualDb.Migrations.History;
using DualDb.Migrations.Moving;

namespace DualDb.Migrations.Running;

/// <summary>Applies a migration of SQL, or undoes it, from where it stands.</summary>
/// <param name="run">The run.</param>
/// <param name="migration">The migration.</param>
internal sealed class SqlSteps(RunContext run, SqlMigration migration)
{
    /// <summary>The statement that is next, from 1, of the way that is gone: where a run that broke off goes on.</summary>
    public int Next { get; private set; } = 1;

    /// <summary>Applies what is not applied yet.</summary>
    public async Task ApplyAsync(StepProgress progress, CancellationToken cancellationToken)
    {
        Next = progress.Done + 1;
        foreach (var segment in migration.Up.Select(segment => From(segment, progress.Done)).OfType<Segment>())
        {
            var isLast = segment.Next == migration.StatementCount;
            var after = progress with { Done = segment.Next, State = isLast ? MigrationState.Applied : MigrationState.Applying, Attempt = null, Error = null };
            Next = segment.First + 1;
            await RunAsync(segment, progress, after, cancellationToken).ConfigureAwait(false);
            progress = after;
        }

        // Where what had failed was the last statement, and was taken out of the file, all that is left of it is done.
        if (!string.Equals(progress.State, MigrationState.Applied, StringComparison.Ordinal))
        {
            await Step.WriteAsync(run, progress with { State = MigrationState.Applied, Cursor = null, Attempt = null, Error = null }, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Undoes what is not undone yet.</summary>
    public async Task UndoAsync(StepProgress progress, CancellationToken cancellationToken)
    {
        var down = migration.Down ?? [];
        Next = progress.Undone + 1;

        await WaitForAbandonedAsync(progress, cancellationToken).ConfigureAwait(false);

        // What was begun on the way up is another statement.
        progress = progress with { State = MigrationState.Reverting, Attempt = IsBack(progress.State) ? progress.Attempt : null, Error = null };
        foreach (var segment in down.Select(segment => From(segment, progress.Undone)).OfType<Segment>())
        {
            var isLast = segment.Next == down[^1].Next;
            var after = progress with { Undone = segment.Next, State = isLast ? MigrationState.Reverted : MigrationState.Reverting, Attempt = null };
            Next = segment.First + 1;
            try
            {
                await RunAsync(segment, progress, isLast ? Undone(after) : after, cancellationToken).ConfigureAwait(false);
            }
            catch (MigrationFailedException refusal) when (refusal.SqlState is null && segment.Statements[0].Kind == StatementKind.MoveBack)
            {
                await KeepMoveAsync(progress, refusal, cancellationToken).ConfigureAwait(false);
                throw new WayBackClosedException(refusal);
            }

            progress = after;
        }

        if (!string.Equals(progress.State, MigrationState.Reverted, StringComparison.Ordinal))
        {
            await Step.WriteAsync(run, Undone(progress), cancellationToken).ConfigureAwait(false);
        }
    }

    // The server may still be at the statement that a migrator who is gone had begun: what it makes would come behind the statements that undo it.
    private async Task WaitForAbandonedAsync(StepProgress progress, CancellationToken cancellationToken)
    {
        if (progress.Attempt is { } attempt && !IsBack(progress.State))
        {
            var connection = await run.Databases.Of(migration.Id.Database).OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var returned = connection.ConfigureAwait(false);
            await AbandonedBackend.WaitAsync(run, connection, migration.Id.Database, attempt, cancellationToken).ConfigureAwait(false);
        }
    }

    // The move is what is undone last: what stands behind it in the file is undone by now, and is applied again on the way forward.
    private async Task KeepMoveAsync(StepProgress progress, MigrationFailedException refusal, CancellationToken cancellationToken)
    {
        var done = Math.Min(progress.Done, migration.Moves.Count);
        var connection = await run.Databases.Of(migration.Id.Database).OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var returned = connection.ConfigureAwait(false);
        await HistoryWriter.WriteAsync(
            run,
            connection,
            progress with { State = done == migration.StatementCount ? MigrationState.Applied : MigrationState.Applying, Done = done, Undone = 0, Cursor = null, Attempt = null, Error = refusal.Message },
            cancellationToken).ConfigureAwait(false);
        run.Reach("move kept");
    }

    /// <summary>What a row says of a migration that is undone.</summary>
    public static StepProgress Undone(StepProgress progress) => progress with { State = MigrationState.Reverted, Done = 0, Undone = 0, Cursor = null, Attempt = null };

    // A file that was put right after it failed may be divided in another way than it was.
    private static Segment? From(Segment segment, int done)
        => segment.Next <= done ? null
            : segment.First >= done ? segment
            : new Segment(done, [.. segment.Statements.Skip(done - segment.First)]);

    private Task RunAsync(Segment segment, StepProgress before, StepProgress after, CancellationToken cancellationToken)
        => segment.Statements[0].Kind switch
        {
            StatementKind.Transactional => new TransactionSegment(run, migration, segment).RunAsync(after, cancellationToken),
            StatementKind.Batched => new BatchedUpdate(run, migration, segment.First, segment.Statements[0]).RunAsync(before, after, cancellationToken),
            StatementKind.Move => new MoveStep(run, migration, segment.Statements).ApplyAsync(before, after, cancellationToken),
            StatementKind.MoveBack => new MoveStep(run, migration, segment.Statements).UndoAsync(after, cancellationToken),
            _ => new LoneStatement(run, migration, segment.First, segment.Statements[0]).RunAsync(before, after, cancellationToken),
        };

    /// <summary>Whether a statement that failed with an answer of the server has to be taken for not done.</summary>
    /// <param name="migration">Its migration.</param>
    /// <param name="index">Which it is, of the way that is gone.</param>
    /// <param name="state">The state of the migration, which tells the way.</param>
    public static bool IsAttemptOver(SqlMigration migration, int index, string state)
        => ((IsBack(state) ? migration.Down : migration.Up) ?? []).SelectMany(static segment => segment.Statements).ElementAtOrDefault(index) is null or { Kind: StatementKind.Unrepeatable or StatementKind.Transactional };

    private static bool IsBack(string state) => string.Equals(state, MigrationState.Reverting, StringComparison.Ordinal);
}
