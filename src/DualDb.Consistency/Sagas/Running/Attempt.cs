using System.Diagnostics;
using DualDb.Consistency.Sagas.Journal;
using DualDb.Consistency.Sagas.Results;
using DualDb.Consistency.Sagas.Telemetry;
using DualDb.Diagnostics;

namespace DualDb.Consistency.Sagas.Running;

/// <summary>One attempt at a step or a compensation: the user's code, and what it leaves behind.</summary>
/// <param name="engine">The engine.</param>
/// <param name="instance">The instance.</param>
/// <param name="saga">The object of the user's class.</param>
/// <param name="entry">The attempt, as the timeline has it.</param>
internal sealed class Attempt(SagaEngine engine, SagaInstance instance, object saga, TimelineEntry entry)
{
    private readonly SagaWork _work = entry.Work;

    /// <summary>Makes it.</summary>
    /// <returns>The result.</returns>
    /// <exception cref="InstanceLostException">Another node has the instance.</exception>
    /// <exception cref="Exception">It failed.</exception>
    public async Task RunAsync()
    {
        using var activity = SagaActivity.OfWork(instance, _work, entry.Attempt);
        using var limit = new CancellationTokenSource(_work.Timeout, engine.Time);
        await using var linked = instance.Lost.Token.UnsafeRegister(static limit => ((CancellationTokenSource)limit!).Cancel(), limit).ConfigureAwait(false);
        try
        {
            await (_work.Target is { } target ? InTransactionAsync(engine.Database(target), limit.Token) : PlainAsync(limit.Token)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (instance.Lost.IsCancellationRequested)
        {
            throw new InstanceLostException();
        }
        catch (Exception exception) when (exception is AbandonedCallException || (exception is OperationCanceledException && limit.IsCancellationRequested))
        {
            throw TimedOut(exception);
        }
        catch (Exception exception)
        {
            ActivityFailure.Set(activity, exception);
            throw;
        }
    }

    private async Task InTransactionAsync(PostgresDatabase database, CancellationToken limit)
    {
        // Nothing can be found of the first attempt at a step in an instance that was begun here.
        var step = await StepTransaction.BeginAsync(database, instance, _work, isFirst: instance.IsNew && entry.Attempt == 1, limit).ConfigureAwait(false);
        Task? abandoned = null;
        try
        {
            if (step.Found is { } found)
            {
                Adopt(found);
                return;
            }

            var result = await CallAsync(step.Transaction, limit).ConfigureAwait(false);
            engine.At(RunMoment.BeforeCommit, _work);
            instance.RequireLease();
            await CommitAsync(step, database, result, Encode(result), limit).ConfigureAwait(false);
        }
        catch (AbandonedCallException exception)
        {
            abandoned = exception.Call;
            throw;
        }
        catch (CommitCallbackException)
        {
            // It is committed, and its result can be read back.
            await AdoptFromAsync(database, limit).ConfigureAwait(false);
        }
        catch (ConstraintViolationException) when (instance.MayHaveRun(_work))
        {
            // The commit of an earlier attempt, whose reply was lost, may have come through while this one ran: what it has met is then its own row.
            if (await FindAsync(database, limit).ConfigureAwait(false) is not { } own)
            {
                throw;
            }

            Adopt(own);
        }
        finally
        {
            await LeaveAsync(step, abandoned).ConfigureAwait(false);
        }
    }

    private async Task PlainAsync(CancellationToken limit)
    {
        if (!instance.MayHaveRun(_work))
        {
            // From here on nobody can say that it never ran.
            instance.Tell(new TimelineEntry(_work, entry.Attempt, engine.Time.GetTimestamp()));
            await engine.ChangeAsync(instance, JournalChange.Keep).ConfigureAwait(false);
        }

        var result = await CallAsync(transaction: null, limit).ConfigureAwait(false);
        engine.At(RunMoment.BeforeCommit, _work);
        var json = Encode(result);
        await engine.PatientlyAsync(instance, () => RecordAsync(result, json)).ConfigureAwait(false);
    }

    /// <summary>Keeps the answer of a step without a transaction. It is repeated until it succeeds: asking again is the worse choice.</summary>
    private async Task RecordAsync(object? result, string? json)
    {
        var step = await StepTransaction.BeginAsync(engine.Home, instance, _work, isFirst: false, instance.Lost.Token).ConfigureAwait(false);
        await using var disposed = step.ConfigureAwait(false);
        if (step.Found is { } found)
        {
            Adopt(found);
            return;
        }

        await CommitAsync(step, engine.Home, result, json, instance.Lost.Token).ConfigureAwait(false);
    }

    private async Task CommitAsync(StepTransaction step, PostgresDatabase database, object? result, string? json, CancellationToken limit)
    {
        var finishing = FinishingCommit.Of(engine, instance, entry, database, json);
        if (finishing is not null)
        {
            engine.At(RunMoment.BeforeFinish, work: null);
        }

        if (!await step.CommitAsync(json, finishing?.Statement, limit).ConfigureAwait(false))
        {
            await AdoptFromAsync(database, limit).ConfigureAwait(false);
            return;
        }

        engine.At(RunMoment.AfterCommit, _work);
        instance.Done(_work, result);
        finishing?.Committed();
    }

    private Task<object?> CallAsync(DatabaseTransaction? transaction, CancellationToken limit)
    {
        var context = new SagaContext
        {
            Saga = instance.Definition.Name,
            Id = instance.Id,
            Step = _work.Step.Name,
            IsCompensation = _work.IsCompensation,
            Attempt = entry.Attempt,
            IdempotencyKey = IdempotencyKey.Of(instance.Definition.Name, instance.Id, _work),
            TimeProvider = engine.Time,
        };
        transaction?.LendTo(Subject);

        // On a thread of its own: code that blocks must not keep its own timeout from being noticed.
        return UserCode.AwaitAsync(Task.Run(() => _work.InvokeAsync(saga, instance.Values, new StepCall(transaction, context, limit)), CancellationToken.None), limit, engine.Time);
    }

    private async Task AdoptFromAsync(PostgresDatabase database, CancellationToken limit)
    {
        Adopt(await FindAsync(database, limit).ConfigureAwait(false) ?? throw new InvalidOperationException($"The result of {Subject} is gone from {database.Kind}, where it was a moment ago."));
    }

    private async Task<StoredResult?> FindAsync(PostgresDatabase database, CancellationToken limit)
    {
        var results = await StepResults.LoadAsync(database, instance.Definition.Name, instance.Id, limit).ConfigureAwait(false);
        return results.FirstOrDefault(result => result.IsCompensation == _work.IsCompensation && string.Equals(result.Step, _work.Step.Name, StringComparison.Ordinal));
    }

    private void Adopt(StoredResult found)
        => instance.Done(_work, _work.IsCompensation ? null : _work.Step.Decode(found.Result), found.IsSkipped);

    private string? Encode(object? result)
    {
        try
        {
            return engine.RequireSize(_work.Encode(result), size => new SagaPayloadException(
                $"The result of {Subject} has {size} bytes of JSON, more than SagaOptions.MaxPayloadBytes. Return less, such as a key to what is stored elsewhere.") { Saga = instance.Definition.Name, Id = instance.Id, Step = _work.Step.Name });
        }
        catch (Exception exception) when (exception is not SagaPayloadException)
        {
            throw new SagaPayloadException($"The result of {Subject} cannot be written as JSON: {exception.Message}", exception) { Saga = instance.Definition.Name, Id = instance.Id, Step = _work.Step.Name };
        }
    }

    /// <summary>Ends the transaction; where the user's code still uses it, once that has ended. Until then the server ends it where it stays idle.</summary>
    private static async ValueTask LeaveAsync(StepTransaction step, Task? abandoned)
    {
        if (abandoned is null)
        {
            await step.DisposeAsync().ConfigureAwait(false);
            return;
        }

        _ = Task.Run(async () =>
        {
            await abandoned.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await step.DisposeAsync().ConfigureAwait(false);
        });
    }

    private TimeoutException TimedOut(Exception exception)
        => new($"{Subject} took longer than {_work.Timeout.TotalSeconds} s and was given up. Put [Timeout(…)] on the method if it needs longer.", exception);

    private string Subject => $"{instance.Definition.Name}.{_work.Method} of '{instance.Id}'";
}
