using DualDb.Consistency.Sagas.Journal;
using DualDb.Consistency.Sagas.Telemetry;
using DualDb.Errors;

namespace DualDb.Consistency.Sagas.Running;

/// <summary>Tries a step or a compensation until it has taken effect, is given up or is put down.</summary>
internal sealed class WorkRunner(SagaEngine engine, SagaInstance instance, object saga)
{
    /// <summary>Runs it.</summary>
    /// <param name="work">The step or compensation.</param>
    /// <param name="stop">Fires when there is no point in another attempt, since a step at its side was given up.</param>
    /// <exception cref="InstanceLostException">Another node has the instance.</exception>
    public async Task<WorkOutcome> RunAsync(SagaWork work, CancellationToken stop)
    {
        var pauses = 0;
        while (true)
        {
            instance.RequireLease();
            engine.At(RunMoment.BeforeAttempt, work);
            if (await TryAsync(work).ConfigureAwait(false) is not { } failure)
            {
                return WorkOutcome.Done(work);
            }

            var verdict = FailureVerdicts.Of(failure);
            if (!HasNoOtherWay(work) && IsGivenUp(work, verdict))
            {
                return WorkOutcome.GivenUp(work, failure);
            }

            if (!work.IsCompensation && instance.DeadlineIn is { } left && left <= TimeSpan.Zero)
            {
                return WorkOutcome.GivenUp(work, SagaEngine.Overdue(instance, failure));
            }

            var pause = Shorter(work.Policy.PauseAfter(Math.Max(++pauses, instance.AttemptsAt(work).Failed)), work.IsCompensation ? null : instance.DeadlineIn);
            if (pause > engine.Options.MaxPauseInMemory || stop.IsCancellationRequested)
            {
                return WorkOutcome.PutDown(work, pause);
            }

            await engine.ChangeAsync(instance, JournalChange.Keep).ConfigureAwait(false);
            await PauseAsync(pause, stop).ConfigureAwait(false);
            if (stop.IsCancellationRequested)
            {
                return WorkOutcome.PutDown(work, TimeSpan.Zero);
            }
        }
    }

    /// <summary>Makes one attempt.</summary>
    /// <returns>Why it failed; null where it has taken effect.</returns>
    private async Task<Exception?> TryAsync(SagaWork work)
    {
        var entry = new TimelineEntry(work, instance.AttemptsAt(work).Last + 1, engine.Time.GetTimestamp());
        try
        {
            await new Attempt(engine, instance, saga, entry).RunAsync().ConfigureAwait(false);
            Tell(entry with { State = TimelineEntry.Succeeded }, failure: null);
            return null;
        }
        catch (InstanceLostException)
        {
            throw;
        }
        catch (Exception exception)
        {
            // What fails because the node has lost the instance says nothing about the step.
            instance.RequireLease();
            SagaLog.AttemptFailed(engine.Logger, ServerWords.Loggable(exception), instance.Definition.Name, instance.Id, work.Method, entry.Attempt);
            Tell(entry with { State = FailureVerdicts.IsAnswer(exception, work) ? TimelineEntry.Failed : TimelineEntry.Unanswered }, exception);
            return exception;
        }
    }

    private void Tell(TimelineEntry entry, Exception? failure)
    {
        var ended = entry with { Ended = engine.Time.GetTimestamp(), Error = failure is null ? null : FailureVerdicts.Describe(failure) };
        instance.Tell(ended, counts: failure is not null && FailureVerdicts.Of(failure) != FailureVerdict.SaysNothing);
        SagaMeter.Attempted(instance, ended, engine.Time);
    }

    /// <summary>Behind the pivot there is no other way than on; a step of the same number may be it, and be done meanwhile.</summary>
    private bool HasNoOtherWay(SagaWork work) => !work.IsCompensation && instance.IsBeyondPivot;

    /// <summary>A compensation is given up only where its user says after how many attempts: no failure is final where there is no other way.</summary>
    private bool IsGivenUp(SagaWork work, FailureVerdict verdict)
        => verdict != FailureVerdict.SaysNothing
            && ((verdict == FailureVerdict.Final && !work.IsCompensation) || work.Policy.IsUsedUp(instance.AttemptsAt(work).Failed));

    private async Task PauseAsync(TimeSpan pause, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, instance.Lost.Token);
        await Task.Delay(pause, engine.Time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static TimeSpan Shorter(TimeSpan pause, TimeSpan? other) => other is { } limit && limit < pause ? (limit > TimeSpan.Zero ? limit : TimeSpan.Zero) : pause;
}
