using DualDb.Consistency.Sagas.Journal;

namespace DualDb.Consistency.Sagas.Running;

/// <summary>Waits for the end of an instance, wherever it runs. Where nobody runs it that should, this node does: so that waiting works without a hosted service too.</summary>
internal sealed class EndOfSaga(SagaEngine engine, LocalRuns runs, SagaDefinition definition, string id)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPauseForEvents = TimeSpan.FromSeconds(10);

    public async Task<SagaEnd> WaitAsync(CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (true)
        {
            var woken = engine.Wakeups.Next;
            if (runs.Find(definition.Name, id) is { } run && await run.Ended.WaitAsync(cancellationToken).ConfigureAwait(false) is { } end)
            {
                return end;
            }

            var glance = await engine.Journal.GlanceAsync(definition.Name, id, cancellationToken).ConfigureAwait(false) ?? throw NotFound();
            if (glance.State.IsFinished() || glance.State.IsStopped())
            {
                return EndOf(glance);
            }

            if (glance.DueIn <= TimeSpan.Zero && await TryRunAsync(cancellationToken).ConfigureAwait(false))
            {
                continue;
            }

            await engine.Wakeups.WaitAsync(woken, Shorter(pause, glance.DueIn), cancellationToken).ConfigureAwait(false);
            pause = Shorter(pause * 2, glance.State == SagaState.Waiting ? LongestPauseForEvents : LongestPause);
        }
    }

    private async Task<bool> TryRunAsync(CancellationToken cancellationToken)
    {
        if (!engine.Executor.TryReserve())
        {
            return false;
        }

        HeldSaga? held = null;
        try
        {
            var askedAt = engine.Time.GetTimestamp();
            held = await engine.Journal.ClaimAsync(definition, id, cancellationToken).ConfigureAwait(false);
            if (held is not null)
            {
                engine.Executor.Run(held, askedAt);
            }

            return held is not null;
        }
        finally
        {
            if (held is null)
            {
                engine.Executor.Unreserve();
            }
        }
    }

    private SagaEnd EndOf(SagaGlance glance) => new(glance.State)
    {
        Result = glance.Result is null ? null : definition.ResultStep?.Decode(glance.Result),
        FailedStep = glance.FailedStep,
        Error = glance.Error,
    };

    private SagaException NotFound()
        => new SagaRefusedException($"There is no saga '{definition.Name}' of '{id}'. Start it; one that was finished longer ago than SagaOptions.Retention is forgotten.") { Saga = definition.Name, Id = id };

    private static TimeSpan Shorter(TimeSpan pause, TimeSpan? other)
        => other is { } limit && limit < pause ? (limit > FirstPause ? limit : FirstPause) : pause;
}
