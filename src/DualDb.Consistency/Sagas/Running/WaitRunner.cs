using DualDb.Consistency.Events;
using DualDb.Consistency.Events.Publishing;
using DualDb.Consistency.Sagas.Journal;
using DualDb.Consistency.Sagas.Results;
using DualDb.Consistency.Sagas.Telemetry;
using DualDb.Errors;
using Npgsql;

namespace DualDb.Consistency.Sagas.Running;

/// <summary>Looks whether what a step waits for has come, and says that it waits where it has not.</summary>
internal sealed class WaitRunner(SagaEngine engine, SagaInstance instance, object saga)
{
    /// <summary>What an index takes; a sender may have been told to take less.</summary>
    private static readonly EventOptions AnyKey = new() { MaxKeyBytes = 2048 };

    /// <summary>Beyond this PostgreSQL runs out of time.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1e9);

    /// <summary>Looks.</summary>
    /// <exception cref="InstanceLostException">Another node has the instance.</exception>
    public async Task<WorkOutcome> RunAsync(WaitStep step)
    {
        var outcome = WorkOutcome.PutDown(step, TimeSpan.Zero);
        await engine.PatientlyAsync(instance, async () =>
        {
            engine.At(RunMoment.BeforeAttempt, step);
            outcome = await LookAsync(step, instance.Lost.Token).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return outcome;
    }

    private async Task<WorkOutcome> LookAsync(WaitStep step, CancellationToken cancellationToken)
    {
        var started = engine.Time.GetTimestamp();
        Wait wanted;
        try
        {
            wanted = Wanted(step, cancellationToken);
        }
        catch (Exception exception) when (!instance.Lost.IsCancellationRequested)
        {
            return Failed(step, exception, started);
        }

        var transaction = await StepTransaction.BeginAsync(engine.Home, instance, step, isFirst: false, cancellationToken).ConfigureAwait(false);
        await using var disposed = transaction.ConfigureAwait(false);
        if (transaction.Found is { } found)
        {
            return Done(step, found.Result, found.IsSkipped);
        }

        var connection = transaction.Transaction.Connection;
        string? payload = null;
        if (wanted.Event is not null)
        {
            await LockAsync(connection, wanted, cancellationToken).ConfigureAwait(false);
            payload = await TakeAsync(connection, step, wanted, cancellationToken).ConfigureAwait(false);
        }

        if (payload is null)
        {
            var left = await BeginAsync(connection, step, wanted, cancellationToken).ConfigureAwait(false);
            if (left is null || left > TimeSpan.Zero)
            {
                await transaction.Transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
                return WorkOutcome.Waits(step, left);
            }

            if (wanted.Event is not null)
            {
                return GivenUp(step, wanted, started);
            }
        }

        engine.At(RunMoment.BeforeCommit, step);
        if (!await transaction.CommitAsync(payload, finish: null, cancellationToken).ConfigureAwait(false))
        {
            return WorkOutcome.PutDown(step, TimeSpan.Zero);
        }

        engine.At(RunMoment.AfterCommit, step);
        instance.Tell(Entry(step, started) with { State = TimelineEntry.Succeeded });
        return Done(step, payload, isSkipped: false);
    }

    private Wait Wanted(WaitStep step, CancellationToken cancellationToken)
    {
        var context = new SagaContext
        {
            Saga = instance.Definition.Name,
            Id = instance.Id,
            Step = step.Name,
            IdempotencyKey = IdempotencyKey.Of(instance.Definition.Name, instance.Id, step),
            TimeProvider = engine.Time,
        };
        var call = new StepCall(transaction: null, context, cancellationToken);
        return step switch
        {
            EventStep wait => new Wait(wait.EventName, Require(wait, wait.KeyOf(saga, instance.Values, call)), wait.Limit),
            DelayStep delay => new Wait(Event: null, Key: null, Shorter(delay.DelayOf(saga, instance.Values, call), Longest)),
            _ => throw new InvalidOperationException("There is no other step that waits."),
        };
    }

    private string Require(EventStep step, EventKey key)
    {
        if (string.IsNullOrEmpty(key.Text))
        {
            throw new InvalidOperationException($"{instance.Definition.Name}.{step.Name} of '{instance.Id}' says no key, and no event without one reaches a saga. Return that with which the event is published.");
        }

        OutgoingRules.CheckKey(step.EventName, key.Text, AnyKey);
        return key.Text;
    }

    private static async Task LockAsync(NpgsqlConnection connection, Wait wanted, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(WaitSql.LockKey, connection);
        command.Parameters.Text(Signals.LockOf(wanted.Event!, wanted.Key!));
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<string?> TakeAsync(NpgsqlConnection connection, WaitStep step, Wait wanted, CancellationToken cancellationToken)
    {
        using var command = Command(WaitSql.Take, connection, step, wanted);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as string;
    }

    private async Task<TimeSpan?> BeginAsync(NpgsqlConnection connection, WaitStep step, Wait wanted, CancellationToken cancellationToken)
    {
        using var command = Command(WaitSql.Begin, connection, step, wanted);
        command.Parameters.Seconds(wanted.Limit);
        var left = await command.ListAsync(static reader => reader.SecondsOrNull(0), cancellationToken).ConfigureAwait(false);
        return left[0];
    }

    private NpgsqlCommand Command(string sql, NpgsqlConnection connection, WaitStep step, Wait wanted)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Text(instance.Definition.Name);
        command.Parameters.Text(instance.Id);
        command.Parameters.Text(step.Name);
        command.Parameters.Text(wanted.Event);
        command.Parameters.Text(wanted.Key);
        return command;
    }

    private WorkOutcome Done(WaitStep step, string? payload, bool isSkipped)
    {
        instance.Done(step, step.Decode(payload), isSkipped);
        return WorkOutcome.Done(step);
    }

    private WorkOutcome GivenUp(WaitStep step, Wait wanted, long started)
    {
        var failure = new TimeoutException(
            $"{instance.Definition.Name}.{step.Name} of '{instance.Id}' has waited {wanted.Limit!.Value.TotalSeconds} s for the event '{wanted.Event}' with the key '{wanted.Key}', and it has not come.");
        instance.Tell(Entry(step, started) with { State = TimelineEntry.Failed, Error = FailureVerdicts.Describe(failure) });

        // Behind the pivot there is no way back: it goes on waiting.
        return instance.IsBeyondPivot ? WorkOutcome.Waits(step, dueIn: null) : WorkOutcome.GivenUp(step, failure);
    }

    /// <summary>The method that says what to wait for has failed: it is tried as a step is that anything may happen to.</summary>
    private WorkOutcome Failed(WaitStep step, Exception failure, long started)
    {
        instance.Tell(Entry(step, started) with { State = TimelineEntry.Failed, Error = FailureVerdicts.Describe(failure) }, counts: true);
        SagaLog.AttemptFailed(engine.Logger, ServerWords.Loggable(failure), instance.Definition.Name, instance.Id, step.Name, instance.AttemptsAt(step).Last);
        var failed = instance.AttemptsAt(step).Failed;
        return !instance.IsBeyondPivot && (FailureVerdicts.Of(failure) == FailureVerdict.Final || RetryPolicy.Default.IsUsedUp(failed))
            ? WorkOutcome.GivenUp(step, failure)
            : WorkOutcome.PutDown(step, RetryPolicy.Default.PauseAfter(failed));
    }

    private TimelineEntry Entry(WaitStep step, long started)
        => new(step, instance.AttemptsAt(step).Last + 1, started) { Ended = engine.Time.GetTimestamp() };

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private sealed record Wait(string? Event, string? Key, TimeSpan? Limit);
}
