using DualDb.Consistency.Sagas.Journal;
using DualDb.Consistency.Sagas.Results;
using DualDb.Consistency.Sagas.Telemetry;
using DualDb.Errors;

namespace DualDb.Consistency.Sagas.Running;

/// <summary>One run of an instance on this node: on, or back, until it is finished, stopped, put down or lost.</summary>
internal sealed class SagaRun(SagaEngine engine, SagaInstance instance)
{
    private object? _saga;

    private SagaDefinition Definition => instance.Definition;

    /// <summary>Runs it.</summary>
    /// <param name="unreadableInput">Why its input could not be read; null where it could.</param>
    /// <returns>How it has ended; null where it has not, or not here.</returns>
    public async Task<SagaEnd?> RunAsync(string? unreadableInput)
    {
        using var activity = SagaActivity.OfRun(instance);
        try
        {
            if (instance.IsNew)
            {
                engine.At(RunMoment.Started, work: null);
            }
            else if (await LoadAsync(unreadableInput).ConfigureAwait(false) is { } obstacle)
            {
                return obstacle.IsOfDefinition && await MayBeLeftAsync().ConfigureAwait(false)
                    ? await LeaveAsync(obstacle).ConfigureAwait(false)
                    : await StopAsync(SagaState.Parked, obstacle.Reason).ConfigureAwait(false);
            }

            using var scope = engine.CreateScope();
            _saga = Definition.Create(engine.Root, scope.Services);
            return instance.IsCompensating ? await BackAsync().ConfigureAwait(false) : await OnAsync().ConfigureAwait(false);
        }
        catch (InstanceLostException)
        {
            return null;
        }
        catch (OperationCanceledException) when (instance.Lost.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception)
        {
            // Not a step's failure: the class cannot be made, say. Tried again, but not at once.
            SagaLog.RunFailed(engine.Logger, ServerWords.Loggable(exception), Definition.Name, instance.Id);
            return await PutDownAsync(engine.PauseAfterFailure, error: instance.IsCompensating ? null : $"It could not be run, and is tried again: {FailureVerdicts.Describe(exception)}").ConfigureAwait(false);
        }
    }

    private async Task<Obstacle?> LoadAsync(string? unreadableInput)
    {
        if (instance.Held.Takeovers > engine.Options.MaxTakeovers)
        {
            return new Obstacle($"It has lost the node that ran it {instance.Held.Takeovers} times: a step of it may be what ends the process. Find out, then resume it with db.Sagas.Operations.");
        }

        Obstacle? obstacle = null;
        await engine.PatientlyAsync(instance, async () => obstacle = await new SavedProgress(engine, instance).LoadAsync(unreadableInput, instance.Lost.Token).ConfigureAwait(false)).ConfigureAwait(false);
        return obstacle;
    }

    /// <summary>In the middle of a deployment the other version has begun it: nodes of that one are there, or were just now.</summary>
    private async Task<bool> MayBeLeftAsync()
    {
        if (instance.Held.LeftFor is { } left)
        {
            return left > TimeSpan.Zero;
        }

        var isBeside = false;
        await engine.PatientlyAsync(instance, async () => isBeside = await engine.Journal.IsBegunBesideAsync(Definition, instance.Id, instance.Lost.Token).ConfigureAwait(false)).ConfigureAwait(false);
        return isBeside && engine.Options.DeploymentPatience > TimeSpan.Zero;
    }

    private async Task<SagaEnd?> LeaveAsync(Obstacle obstacle)
    {
        await engine.ChangeAsync(instance, JournalChange.Leave(Definition, engine.Options.DeploymentPatience)).ConfigureAwait(false);
        SagaLog.Left(engine.Logger, Definition.Name, instance.Id, obstacle.Reason);
        return null;
    }

    private async Task<SagaEnd?> OnAsync()
    {
        foreach (var group in Definition.Groups)
        {
            SagaWork[] open;
            while ((open = [.. group.Where(step => !instance.IsDone(step))]).Length > 0)
            {
                if (engine.IsStopping)
                {
                    return await ReleaseAsync().ConfigureAwait(false);
                }

                if (instance.DeadlineIn is { } left && left <= TimeSpan.Zero)
                {
                    return await TurnAroundAsync(open[0], SagaEngine.Overdue(instance, cause: null)).ConfigureAwait(false);
                }

                var outcomes = await new StepGroup(engine, instance, _saga!).RunAsync(open).ConfigureAwait(false);
                if (outcomes.FirstOrDefault(static outcome => outcome.Failure is not null) is { } failed)
                {
                    if (!instance.IsBeyondPivot)
                    {
                        return await TurnAroundAsync(failed.Work, failed.Failure!).ConfigureAwait(false);
                    }

                    // At its side the pivot was passed meanwhile: there is no other way than to try it again.
                    continue;
                }

                if (outcomes.Any(static outcome => !outcome.IsDone))
                {
                    return await PutDownAsync(outcomes).ConfigureAwait(false);
                }
            }
        }

        return await FinishAsync(SagaState.Completed).ConfigureAwait(false);
    }

    private async Task<SagaEnd?> TurnAroundAsync(SagaWork work, Exception failure)
    {
        engine.At(RunMoment.BeforeTurningAround, work);
        var error = FailureVerdicts.Describe(failure);
        var token = await engine.ChangeAsync(instance, JournalChange.Compensate(work.Step.Name, error, engine.Journal.Owner)).ConfigureAwait(false);
        instance.TurnAround(work.Step.Name, error, failure, token);
        engine.At(RunMoment.TurnedAround, work);
        SagaLog.TurnedAround(engine.Logger, Definition.Name, instance.Id, work.Step.Name, error);
        SagaMeter.Compensations.Add(1, SagaMeter.TagsOf(Definition));
        return await BackAsync().ConfigureAwait(false);
    }

    private async Task<SagaEnd?> BackAsync()
    {
        string? unreadable = null;
        await engine.PatientlyAsync(instance, async () => unreadable = await ShutOutAsync().ConfigureAwait(false)).ConfigureAwait(false);
        if (unreadable is not null)
        {
            return await StopAsync(SagaState.Parked, unreadable).ConfigureAwait(false);
        }

        if (instance.IsBeyondPivot && !Definition.Steps.Any(step => step.Compensation is { } compensation && instance.IsDone(compensation)))
        {
            // Nobody knew that its pivot had been passed, since the reply of that commit was lost.
            await engine.ChangeAsync(instance, JournalChange.GoOn).ConfigureAwait(false);
            instance.GoOn();
            return await OnAsync().ConfigureAwait(false);
        }

        foreach (var group in Definition.Groups.Reverse())
        {
            var open = group.Where(NeedsUndoing).Select(static step => (SagaWork)step.Compensation!).ToArray();
            if (open.FirstOrDefault(CannotBeCalled) is { } impossible)
            {
                return await StopAsync(SagaState.CompensationFailed, Unknown(impossible)).ConfigureAwait(false);
            }

            if (open.Length == 0)
            {
                continue;
            }

            if (engine.IsStopping)
            {
                return await ReleaseAsync().ConfigureAwait(false);
            }

            var outcomes = await new StepGroup(engine, instance, _saga!).RunAsync(open).ConfigureAwait(false);
            if (outcomes.FirstOrDefault(static outcome => outcome.Failure is not null) is { } failed)
            {
                return await StopAsync(SagaState.CompensationFailed, GivenUp(failed), failed.Failure).ConfigureAwait(false);
            }

            if (outcomes.Any(static outcome => !outcome.IsDone))
            {
                return await PutDownAsync(outcomes).ConfigureAwait(false);
            }
        }

        return await FinishAsync(SagaState.Compensated).ConfigureAwait(false);
    }

    /// <summary>Shuts out of all databases what was under way, so that what is read afterwards is all that will ever have been done.</summary>
    private async Task<string?> ShutOutAsync()
    {
        foreach (var database in engine.DatabasesOf(Definition))
        {
            if (!await Fence.RaiseAsync(database, Definition.Name, instance.Id, instance.Token, instance.Lost.Token).ConfigureAwait(false))
            {
                throw new InstanceLostException();
            }

            instance.HasFence(database.Kind);
        }

        return await new SavedProgress(engine, instance).LoadResultsAsync(instance.Lost.Token).ConfigureAwait(false);
    }

    /// <summary>Whether a step has taken effect, or may have where there is no telling.</summary>
    private bool NeedsUndoing(SagaStep step)
        => step.Compensation is { } compensation && !instance.IsDone(compensation) && !instance.IsSkipped(step) && (instance.IsDone(step) || IsUnknown(step));

    private bool IsUnknown(SagaStep step)
        => step.Target is null && !instance.IsDone(step) && instance.MayHaveRun(step);

    private bool CannotBeCalled(SagaWork work) => work is SagaCompensation { NeedsResult: true } && IsUnknown(work.Step);

    private string Unknown(SagaWork work)
        => $"{instance.Error} Nobody knows whether the step {work.Step.Name} took effect, and {work.Method} cannot be called without its result. "
            + "Find out; then retry the step, or skip the compensation with a reason, with db.Sagas.Operations. A parameter that accepts null would let it be called.";

    private string GivenUp(WorkOutcome failed)
        => $"{instance.Error} Then the compensation {failed.Work.Method} was given up: {FailureVerdicts.Describe(failed.Failure!)}";

    private Task<SagaEnd?> PutDownAsync(WorkOutcome[] outcomes)
    {
        var open = outcomes.Where(static outcome => !outcome.IsDone).ToArray();
        var dueIn = open.Select(static outcome => outcome.DueIn).Append(instance.IsCompensating ? null : instance.DeadlineIn).Where(static due => due is not null).Min();
        var isWaiting = open.All(static outcome => outcome.IsWaiting);
        return PutDownAsync(dueIn, isWaiting ? SagaState.Waiting : null);
    }

    private async Task<SagaEnd?> PutDownAsync(TimeSpan? dueIn, SagaState? state = null, string? error = null)
    {
        engine.At(RunMoment.BeforePuttingDown, work: null);
        await engine.ChangeAsync(instance, JournalChange.PutDown(state ?? (instance.IsCompensating ? SagaState.Compensating : SagaState.Running), dueIn, error)).ConfigureAwait(false);
        engine.Wakeups.WakeIn(dueIn);
        return null;
    }

    private async Task<SagaEnd?> ReleaseAsync()
    {
        await engine.ChangeAsync(instance, JournalChange.Release).ConfigureAwait(false);
        return null;
    }

    private async Task<SagaEnd?> StopAsync(SagaState state, string error, Exception? failure = null)
    {
        await engine.ChangeAsync(instance, JournalChange.Stop(state, error)).ConfigureAwait(false);
        SagaMeter.Stopped(Definition, state);
        SagaLog.Stopped(engine.Logger, Definition.Name, instance.Id, state, error);
        return new SagaEnd(state) { Error = error, FailedStep = instance.FailedStep, Failure = failure };
    }

    private async Task<SagaEnd?> FinishAsync(SagaState state)
    {
        var isCompleted = state == SagaState.Completed;
        var result = isCompleted && Definition.ResultStep is { } step ? instance.Values.Raw(step.Index) : null;
        if (!instance.IsFinished)
        {
            engine.At(RunMoment.BeforeFinish, work: null);
            await engine.ChangeAsync(instance, JournalChange.Finish(state, result is null ? null : Definition.ResultStep!.Encode(result))).ConfigureAwait(false);
        }

        engine.At(RunMoment.Finished, work: null);
        return new SagaEnd(state) { Result = result, FailedStep = instance.FailedStep, Error = instance.Error, Failure = instance.Failure };
    }
}
