using DualDb.Migrations.Files;
using DualDb.Migrations.History;

namespace DualDb.Migrations.Running;

/// <summary>Runs a migration of code, batch by batch.</summary>
/// <param name="run">The run.</param>
/// <param name="migration">The migration.</param>
internal sealed class Backfill(RunContext run, CodeMigration migration)
{
    /// <summary>Runs the batches that are left.</summary>
    public async Task ApplyAsync(StepProgress progress, CancellationToken cancellationToken)
    {
        while (string.Equals(progress.State, MigrationState.Applying, StringComparison.Ordinal))
        {
            var before = progress;
            await LockRetry.RunAsync(run, async token => progress = await RunBatchAsync(before, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
    }

    // In a transaction of the root's, so that its repositories can take part.
    private async Task<StepProgress> RunBatchAsync(StepProgress before, CancellationToken cancellationToken)
    {
        var begun = run.Clock.GetTimestamp();
        PostgresDatabase database = migration.Id.Database == Database.Neon ? run.Root.Neon : run.Root.Supabase;
        var transaction = await database.BeginOwnAsync(cancellationToken).ConfigureAwait(false);
        await using var ending = transaction.ConfigureAwait(false);
        await SessionSettings.LimitTransactionAsync(run, transaction.Connection, cancellationToken).ConfigureAwait(false);
        var cursor = await CallAsync(new MigrationBatch(run.Root, transaction, before.Cursor), cancellationToken).ConfigureAwait(false);
        run.Reach("batch done, not committed");
        var after = before with
        {
            Cursor = cursor,
            Done = before.Done + 1,
            State = cursor is null ? MigrationState.Applied : MigrationState.Applying,
            Took = run.Clock.GetElapsedTime(begun),
            Error = null,
        };
        await HistoryWriter.WriteAsync(run, transaction.Connection, after, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        run.Reach("batch committed");
        return after;
    }

    private async Task<string?> CallAsync(MigrationBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            return await migration.Code.RunBatchAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !run.Lock.IsLost)
        {
            throw new MigrationFailedException(
                $"{migration.Source}: {migration.Id} failed in {migration.Id.Database} at cursor {(batch.Cursor is null ? "(the beginning)" : $"'{batch.Cursor}'")}: {exception.Message} The batch was rolled back; put it right and run again, and the run goes on with it.",
                exception)
            {
                Database = migration.Id.Database, Id = migration.Id, SqlState = ServerAnswer.In(exception)?.SqlState,
            };
        }
    }
}
