using System.Globalization;
using DualDb.Connections;
using DualDb.Errors;
using DualDb.Migrations.Capture.Pausing;
using DualDb.Migrations.Files;
using DualDb.Migrations.Files.Sql;
using DualDb.Migrations.History;
using Npgsql;

namespace DualDb.Migrations.Running;

/// <summary>
/// Runs a statement that cannot be part of a transaction, and so cannot be committed together with the note that it is done. That it begins is written before it, and where a run
/// broke off in between, the database is asked what has become of it.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="migration">Its migration.</param>
/// <param name="index">Which it is there, from 0.</param>
/// <param name="statement">The statement.</param>
internal sealed class LoneStatement(RunContext run, SqlMigration migration, int index, SqlStatement statement)
{
    private StatementAttempt? _attempt;

    /// <summary>Runs it.</summary>
    /// <param name="before">The progress up to now; its attempt tells whether an earlier run has begun the statement.</param>
    /// <param name="after">The progress once it is done.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="MigrationFailedException">It failed.</exception>
    /// <exception cref="MigrationInDoubtException">An earlier run began it, and nobody can tell whether it was done.</exception>
    public Task RunAsync(StepProgress before, StepProgress after, CancellationToken cancellationToken)
    {
        _attempt = before.Attempt?.Index == index ? before.Attempt : null;
        return LockRetry.RunAsync(run, token => RunOnceAsync(before, after, token), cancellationToken);
    }

    private async Task RunOnceAsync(StepProgress before, StepProgress after, CancellationToken cancellationToken)
    {
        var begun = run.Clock.GetTimestamp();
        var pause = await TablePause.BeginAsync(run, migration, [statement], cancellationToken).ConfigureAwait(false);
        await using var resuming = pause.ConfigureAwait(false);
        var connection = await run.Databases.Of(migration.Id.Database).OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var returned = connection.ConfigureAwait(false);
        try
        {
            await SessionSettings.PrepareAloneAsync(run, connection, migration.Timeout, statement.Kind, cancellationToken).ConfigureAwait(false);
            if (!await WasDoneAsync(connection, string.Equals(before.State, MigrationState.Reverting, StringComparison.Ordinal), cancellationToken).ConfigureAwait(false))
            {
                await HistoryWriter.WriteAsync(run, connection, before with { Attempt = new StatementAttempt(index, 0, null) }, cancellationToken).ConfigureAwait(false);
                _attempt = new StatementAttempt(index, connection.ProcessID, null);
                run.Reach("attempt written");
                await SessionSettings.ExecuteAsync(connection, statement.Text, cancellationToken).ConfigureAwait(false);
                run.Reach("statement done, not recorded");
            }

            await HistoryWriter.WriteAsync(run, connection, after with { Took = run.Clock.GetElapsedTime(begun) }, cancellationToken).ConfigureAwait(false);
            run.Reach("recorded");
        }
        catch (PostgresException refused) when (!run.Lock.IsLost && !TransientErrors.IsConnectionBroken(refused))
        {
            // The server has answered, so that nobody need be asked whether it was done.
            _attempt = statement.Kind == StatementKind.Unrepeatable ? null : _attempt;
            throw StatementFailure.Of(migration, index, statement, refused, kept: index > 0);
        }
        catch (NpgsqlException exception) when (!run.Lock.IsLost)
        {
            throw ErrorTranslator.Translate(exception, migration.Id.Database, entity: null, $"Running {migration.Id}");
        }
    }

    private async Task<bool> WasDoneAsync(NpgsqlConnection connection, bool isBack, CancellationToken cancellationToken)
    {
        if (_attempt is not null)
        {
            await AbandonedBackend.WaitAsync(run, connection, migration.Id.Database, _attempt, cancellationToken).ConfigureAwait(false);
        }

        return statement.Kind switch
        {
            StatementKind.CreateIndexConcurrently => await WasBuiltAsync(connection, cancellationToken).ConfigureAwait(false),
            StatementKind.DropIndexConcurrently => _attempt is not null && !await IndexState.ExistsAsync(connection, statement.Target!, cancellationToken).ConfigureAwait(false),
            StatementKind.ReindexConcurrently => await ClearAfterReindexAsync(connection, cancellationToken).ConfigureAwait(false),
            StatementKind.Unrepeatable when _attempt is not null => throw InDoubt(isBack),
            _ => false,
        };
    }

    // One that was left invalid is in the way of the next attempt, and 'if not exists' would take it for the index that is wanted.
    private async Task<bool> WasBuiltAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var (isValid, name) = await IndexState.OfAsync(connection, statement, cancellationToken).ConfigureAwait(false);
        if (isValid == false)
        {
            await SessionSettings.ExecuteAsync(connection, $"drop index concurrently if exists {name}", cancellationToken).ConfigureAwait(false);
            run.Reach("invalid index dropped");
        }

        return isValid == true && _attempt is not null;
    }

    private async Task<bool> ClearAfterReindexAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (_attempt is not null && statement.Target is { } relation)
        {
            foreach (var name in await IndexState.LeftByReindexAsync(connection, relation, cancellationToken).ConfigureAwait(false))
            {
                await SessionSettings.ExecuteAsync(connection, $"drop index concurrently if exists {name}", cancellationToken).ConfigureAwait(false);
            }
        }

        return false;
    }

    private MigrationInDoubtException InDoubt(bool isBack)
    {
        var number = (index + 1).ToString(CultureInfo.InvariantCulture);
        return new MigrationInDoubtException(
            $"{migration.Source}({statement.Line.ToString(CultureInfo.InvariantCulture)}): a run broke off in {migration.Id.Database} while statement {number} of {(isBack ? "the way down of " : "")}{migration.Id} ran, which cannot be part of a transaction. "
            + "Look whether it was done, and say so: ResolveAsync(id, wasDone: true) goes on behind it, false runs it again.")
        {
            Database = migration.Id.Database, Id = migration.Id, Statement = index + 1,
        };
    }
}
