using DualDb.Errors;
using DualDb.Migrations.Files;
using DualDb.Migrations.History;
using Npgsql;

namespace DualDb.Migrations.Running;

/// <summary>Applies one migration, or undoes it, and writes down why where that fails.</summary>
internal static class Step
{
    /// <summary>Applies what is not applied yet.</summary>
    /// <exception cref="MigrationFailedException">A statement or a batch failed.</exception>
    /// <exception cref="MigrationInterruptedException">The database could not be reached any more.</exception>
    public static async Task ApplyAsync(RunContext run, Migration migration, HistoryRow? row, CancellationToken cancellationToken)
    {
        run.Reach("step begins");
        var steps = migration is SqlMigration sql ? new SqlSteps(run, sql) : null;
        await TellAsync(
            migration,
            "Applying",
            () => migration switch
            {
                SqlMigration => steps!.ApplyAsync(StepProgress.Of(migration, row), cancellationToken),
                CodeMigration code => new Backfill(run, code).ApplyAsync(StepProgress.Of(migration, row), cancellationToken),
                _ => throw new InvalidOperationException($"{migration.GetType()} is no kind of migration."),
            },
            cause => MigrationInterruptedException.Of(migration.Id, steps?.Next, isUndoing: false, cause)).ConfigureAwait(false);
    }

    /// <summary>Undoes what is not undone yet.</summary>
    /// <exception cref="MigrationInterruptedException">The database could not be reached any more.</exception>
    public static async Task UndoAsync(RunContext run, Migration migration, HistoryRow row, CancellationToken cancellationToken)
    {
        run.Reach("step back begins");
        var progress = StepProgress.Of(migration, row);
        var steps = migration is SqlMigration { Down.Count: > 0 } sql ? new SqlSteps(run, sql) : null;
        await TellAsync(
            migration,
            "Undoing",
            () => steps?.UndoAsync(progress, cancellationToken) ?? WriteAsync(run, SqlSteps.Undone(progress), cancellationToken),
            cause => MigrationInterruptedException.Of(migration.Id, steps?.Next, isUndoing: true, cause)).ConfigureAwait(false);
    }

    /// <summary>Writes why a migration failed, with what is known of it.</summary>
    public static async Task RecordFailureAsync(RunContext run, Migration migration, HistoryRow? row, MigrationFailedException failure, CancellationToken cancellationToken)
    {
        var progress = StepProgress.Of(migration, row);
        if (progress.Attempt is { } attempt && (migration is not SqlMigration sql || SqlSteps.IsAttemptOver(sql, attempt.Index, progress.State)))
        {
            progress = progress with { Attempt = null };
        }

        await WriteAsync(run, progress with { Error = failure.Message }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same on the way down, read anew. Where nothing is undone yet, the row still tells of the way up, and stays as it is.</summary>
    public static async Task RecordFailureBackAsync(RunContext run, Migration migration, MigrationFailedException failure, CancellationToken cancellationToken)
    {
        try
        {
            var history = await HistoryReader.ReadAsync(run.Databases.Neon, run.Databases.Supabase, run.Options.Home, cancellationToken).ConfigureAwait(false);
            if (history.Rows.GetValueOrDefault(migration.Id) is { IsReverting: true } row)
            {
                await RecordFailureAsync(run, migration, row, failure, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (DualDbException)
        {
            // What is told is the failure itself.
        }
    }

    /// <summary>Writes that a migration is applied, without applying it.</summary>
    public static Task RecordAppliedAsync(RunContext run, Migration migration, CancellationToken cancellationToken)
        => WriteAsync(run, new StepProgress(migration, MigrationState.Applied, migration.StatementCount), cancellationToken);

    /// <summary>Writes how far a migration has come, without running anything of it.</summary>
    public static async Task WriteAsync(RunContext run, StepProgress progress, CancellationToken cancellationToken)
    {
        var database = run.Databases.Of(progress.Migration.Id.Database);
        try
        {
            var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var returned = connection.ConfigureAwait(false);
            await HistoryWriter.WriteAsync(run, connection, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException exception)
        {
            throw ErrorTranslator.Translate(exception, database.Kind, entity: null, "Writing the history of migrations");
        }
    }

    private static async Task TellAsync(Migration migration, string operation, Func<Task> work, Func<Exception, Exception> interrupted)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (NpgsqlException exception)
        {
            throw interrupted(ErrorTranslator.Translate(exception, migration.Id.Database, entity: null, $"{operation} {migration.Id}"));
        }
        catch (DualDbException exception) when (MigrationInterruptedException.Is(exception))
        {
            throw interrupted(exception);
        }
    }
}
