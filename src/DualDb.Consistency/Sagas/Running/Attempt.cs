using System.Diagnostics;
using DualDb.Consistency.Sagas.Journal;
using DualDb.Consistency.Sagas.Results;
using DualDb.Consistency.Sagas.Telemetry;

namespace DualDb.Consistency.Sagas.Running;

/// <summary>One attempt at a step or a compensation: the user's code, and what it leaves behind.</summary>
internal sealed class Attempt(SagaEngine engine, SagaInstance instance, object saga, SagaWork work, int number)
{
    /// <summary>Makes it.</summary>
    /// <returns>The result.</returns>
    /// <exception cref="InstanceLostException">Another node has the instance.</exception>
    /// <exception cref="Exception">It failed.</exception>
    public async Task RunAsync()
    {
        using var activity = SagaActivity.OfWork(instance, work, number);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(instance.Lost.Token);
        using var timer = new CancellationTokenSource(work.Timeout, engine.Time);
        await using var linked = timer.Token.UnsafeRegister(static limit => ((CancellationTokenSource)limit!).Cancel(), limit).ConfigureAwait(false);
        try
        {
            await (work.Target is { } target ? InTransactionAsync(engine.Database(target), limit.Token) : PlainAsync(limit.Token)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (instance.Lost.IsCancellationRequested)
        {
            throw new InstanceLostException();
        }
        catch (Exception exception) when (exception is AbandonedCallException || (exception is OperationCanceledException && timer.IsCancellationRequested))
        {
            throw TimedOut(exception);
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            throw;
        }
    }

    private async Task InTransactionAsync(PostgresDatabase database, CancellationToken limit)
    {
        var step = await StepTransaction.BeginAsync(database, instance, work, limit).ConfigureAwait(false);
        Task? abandoned = null;
        try
        {
            if (step.Found is { } found)
            {
                Adopt(found);
                return;
            }

            var result = await CallAsync(step.Transaction, limit).ConfigureAwait(false);
            engine.At(RunMoment.BeforeCommit, work);
            instance.RequireLease();
            if (!await step.CommitAsync(Encode(result), limit).ConfigureAwait(false))
            {
                await AdoptFromAsync(database, limit).ConfigureAwait(false);
                return;
            }

            engine.At(RunMoment.AfterCommit, work);
            instance.Done(work, result);
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
        finally
        {
            await LeaveAsync(step, abandoned).ConfigureAwait(false);
        }
    }

    private async Task PlainAsync(CancellationToken limit)
    {
        if (!instance.MayHaveRun(work))
        {
            // From here on nobody can say that it never ran.
            instance.Tell(new TimelineEntry(work, number, engine.Time.GetTimestamp()));
            await engine.ChangeAsync(instance, JournalChange.Keep).ConfigureAwait(false);
        }

        var result = await CallAsync(transaction: null, limit).ConfigureAwait(false);
        engine.At(RunMoment.BeforeCommit, work);
        var json = Encode(result);
        await engine.PatientlyAsync(instance, () => RecordAsync(result, json)).ConfigureAwait(false);
    }

    /// <summary>Keeps the answer of a step without a transaction. It is repeated until it succeeds: asking again is the worse choice.</summary>
    private async Task RecordAsync(object? result, string? json)
    {
        var step = await StepTransaction.BeginAsync(engine.Home, instance, work, instance.Lost.Token).ConfigureAwait(false);
        await using var disposed = step.ConfigureAwait(false);
        if (step.Found is { } found)
        {
            Adopt(found);
            return;
        }

        if (await step.CommitAsync(json, instance.Lost.Token).ConfigureAwait(false))
        {
            engine.At(RunMoment.AfterCommit, work);
            instance.Done(work, result);
        }
        else
        {
            await AdoptFromAsync(engine.Home, instance.Lost.Token).ConfigureAwait(false);
        }
    }

    private Task<object?> CallAsync(DatabaseTransaction? transaction, CancellationToken limit)
    {
        var context = new SagaContext
        {
            Saga = instance.Definition.Name,
            Id = instance.Id,
            Step = work.Step.Name,
            IsCompensation = work.IsCompensation,
            Attempt = number,
            IdempotencyKey = IdempotencyKey.Of(instance.Definition.Name, instance.Id, work),
            TimeProvider = engine.Time,
        };
        transaction?.LendTo(Subject);

        // On a thread of its own: code that blocks must not keep its own timeout from being noticed.
        return UserCode.AwaitAsync(Task.Run(() => work.InvokeAsync(saga, instance.Values, new StepCall(transaction, context, limit)), CancellationToken.None), limit, engine.Time);
    }

    private async Task AdoptFromAsync(PostgresDatabase database, CancellationToken limit)
    {
        var results = await StepResults.LoadAsync(database, instance.Definition.Name, instance.Id, limit).ConfigureAwait(false);
        Adopt(results.First(result => result.IsCompensation == work.IsCompensation && string.Equals(result.Step, work.Step.Name, StringComparison.Ordinal)));
    }

    private void Adopt(StoredResult found)
        => instance.Done(work, work.IsCompensation ? null : work.Step.Decode(found.Result), found.IsSkipped);

    private string? Encode(object? result)
    {
        try
        {
            return engine.RequireSize(work.Encode(result), size => new SagaPayloadException(
                $"The result of {Subject} has {size} bytes of JSON, more than SagaOptions.MaxPayloadBytes. Return less, such as a key to what is stored elsewhere.") { Saga = instance.Definition.Name, Id = instance.Id, Step = work.Step.Name });
        }
        catch (Exception exception) when (exception is not SagaPayloadException)
        {
            throw new SagaPayloadException($"The result of {Subject} cannot be written as JSON: {exception.Message}", exception) { Saga = instance.Definition.Name, Id = instance.Id, Step = work.Step.Name };
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
        => new($"{Subject} took longer than {work.Timeout.TotalSeconds} s and was given up. Put [Timeout(…)] on the method if it needs longer.", exception);

    private string Subject => $"{instance.Definition.Name}.{work.Method} of '{instance.Id}'";
}
