using DualDb.Connections;
using DualDb.Migrations.Capture;
using DualDb.Migrations.Capture.Pausing;
using DualDb.Migrations.Files;
using DualDb.Migrations.History;
using Npgsql;

namespace DualDb.Migrations.Running;

/// <summary>Runs statements in one transaction, with the note that they are done.</summary>
/// <param name="run">The run.</param>
/// <param name="migration">Their migration.</param>
/// <param name="segment">The statements.</param>
internal sealed class TransactionSegment(RunContext run, SqlMigration migration, Segment segment)
{
    /// <summary>Runs them; again from the first one where others hold the locks that they need, since all locks are given up in the pause.</summary>
    /// <param name="after">The progress once they are done.</param>
    /// <param name="cancellationToken">Cancels the work; nothing of it is done then.</param>
    /// <exception cref="MigrationFailedException">A statement failed.</exception>
    public Task RunAsync(StepProgress after, CancellationToken cancellationToken)
        => LockRetry.RunAsync(run, token => RunOnceAsync(after, token), cancellationToken);

    private async Task RunOnceAsync(StepProgress after, CancellationToken cancellationToken)
    {
        var begun = run.Clock.GetTimestamp();

        // For as long as an attempt lasts: while others have the locks, changes are carried.
        var pause = await TablePause.BeginAsync(run, migration, segment.Statements, cancellationToken).ConfigureAwait(false);
        await using var resuming = pause.ConfigureAwait(false);
        var transaction = await run.Databases.Of(migration.Id.Database).BeginOwnAsync(cancellationToken).ConfigureAwait(false);
        await using var ending = transaction.ConfigureAwait(false);
        await SessionSettings.BeginTransactionAsync(run.Options, transaction.Connection, migration.Timeout, cancellationToken).ConfigureAwait(false);
        var captured = await CapturedTable.FindAsync(transaction.Connection, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < segment.Statements.Count; i++)
        {
            await ExecuteAsync(transaction, i, cancellationToken).ConfigureAwait(false);
            run.Reach("statement done, not committed");
        }

        // Statements may have taken the rights or the limits of the transaction away.
        await SessionSettings.ExecuteAsync(transaction.Connection, "reset role", cancellationToken).ConfigureAwait(false);
        var changed = await CaptureRefresh.RunAsync(transaction.Connection, migration, captured, cancellationToken).ConfigureAwait(false);
        await HistoryWriter.WriteAsync(run, transaction.Connection, after with { Took = run.Clock.GetElapsedTime(begun) }, cancellationToken).ConfigureAwait(false);
        run.Reach("history written, not committed");
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        run.ChangedTables.AddRange(changed);
        run.Reach("committed");
    }

    private async Task ExecuteAsync(DatabaseTransaction transaction, int index, CancellationToken cancellationToken)
    {
        var statement = segment.Statements[index];
        try
        {
            await SessionSettings.ExecuteAsync(transaction.Connection, statement.Text, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException refused) when (!run.Lock.IsLost && !TransientErrors.IsConnectionBroken(refused))
        {
            throw StatementFailure.Of(migration, segment.First + index, statement, refused, kept: segment.First > 0);
        }
    }
}
