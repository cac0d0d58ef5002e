using DualDb.Connections;
using DualDb.Consistency.Sagas.Journal;
using DualDb.Consistency.Sagas.Running;
using DualDb.Errors;
using Npgsql;

namespace DualDb.Consistency.Sagas.Results;

/// <summary>
/// The transaction of one attempt: it holds the fence of its instance, and what the step leaves behind is committed with its effect.
/// </summary>
internal sealed class StepTransaction : IAsyncDisposable
{
    private readonly SagaInstance _instance;
    private readonly SagaWork _work;

    private StepTransaction(DatabaseTransaction transaction, SagaInstance instance, SagaWork work)
    {
        Transaction = transaction;
        _instance = instance;
        _work = work;
    }

    public DatabaseTransaction Transaction { get; }

    /// <summary>What another attempt has left behind already; null for nothing.</summary>
    public StoredResult? Found { get; private set; }

    /// <summary>Begins it: one round trip.</summary>
    /// <param name="database">The database.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="work">What is tried.</param>
    /// <param name="isFirst">Whether nobody has tried it before, so that there is nothing to be found.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="InstanceLostException">A higher token was here: another node has the instance.</exception>
    /// <exception cref="DualDbException">The database failed.</exception>
    public static async Task<StepTransaction> BeginAsync(PostgresDatabase database, SagaInstance instance, SagaWork work, bool isFirst, CancellationToken cancellationToken)
    {
        var transaction = await database.BeginOwnAsync(cancellationToken).ConfigureAwait(false);
        var step = new StepTransaction(transaction, instance, work);
        try
        {
            await step.OpenAsync(isFirst, cancellationToken).ConfigureAwait(false);
            return step;
        }
        catch (Exception exception)
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
            if (isFirst && exception is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "saga_fences_pkey" })
            {
                // Somebody was here after all: the rest of an instance of the same id that was forgotten, say.
                return await BeginAsync(database, instance, work, isFirst: false, cancellationToken).ConfigureAwait(false);
            }

            if (exception is OperationCanceledException or InstanceLostException)
            {
                throw;
            }

            if (TransientErrors.IsStalePlan(exception))
            {
                database.ForgetPreparedPlans();
            }

            throw SagaSchemaErrors.Explain(exception, database) ?? ErrorTranslator.Translate(exception, database.Kind, entity: null, $"{instance.Definition.Name}.{work.Method}");
        }
    }

    /// <summary>Leaves the result behind and commits.</summary>
    /// <param name="result">The result as JSON; null for none.</param>
    /// <param name="finish">What travels with it and is committed with it; null for nothing.</param>
    /// <param name="cancellationToken">Looked at before it is sent.</param>
    /// <returns>False where another attempt has left one behind meanwhile: this one was rolled back.</returns>
    /// <exception cref="CommitOutcomeUnknownException">The reply was lost.</exception>
    public async Task<bool> CommitAsync(string? result, NpgsqlBatchCommand? finish, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var insert = new NpgsqlBatchCommand(ResultSql.Insert);
        insert.Parameters.Text(_instance.Definition.Name);
        insert.Parameters.Text(_instance.Id);
        insert.Parameters.Text(_work.Step.Name);
        insert.Parameters.Text(_work.Kind);
        insert.Parameters.Json(result);
        try
        {
            await Transaction.CommitWithAsync(finish is null ? [insert] : [insert, finish]).ConfigureAwait(false);
        }
        catch (ConstraintViolationException duplicate) when (duplicate.Constraint is "saga_results_pkey")
        {
            return false;
        }

        _instance.HasFence(Transaction.Database);
        return true;
    }

    public ValueTask DisposeAsync() => Transaction.DisposeAsync();

    private async Task OpenAsync(bool isFirst, CancellationToken cancellationToken)
    {
        var (saga, id, token) = (_instance.Definition.Name, _instance.Id, _instance.Token);
        var batch = new NpgsqlBatch(Transaction.Connection);
        await using var disposed = batch.ConfigureAwait(false);
        batch.BatchCommands.Add(
            _instance.IsFenced(Transaction.Database) ? Fence.Share(saga, id, token, _work.Timeout)
            : isFirst ? Fence.Begin(saga, id, token, _work.Timeout)
            : Fence.Raise(saga, id, token, _work.Timeout));
        if (!isFirst)
        {
            batch.BatchCommands.Add(Find(saga, id, _work));
        }

        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            throw new InstanceLostException();
        }

        // Found by a statement behind the one that waits for the lock: only its snapshot has what was committed meanwhile.
        if (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false) && await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            Found = StepResults.Read(reader);
        }
    }

    private static NpgsqlBatchCommand Find(string saga, string id, SagaWork work)
    {
        var command = new NpgsqlBatchCommand(ResultSql.Find);
        command.Parameters.Text(saga);
        command.Parameters.Text(id);
        command.Parameters.Text(work.Step.Name);
        command.Parameters.Text(work.Kind);
        return command;
    }
}
