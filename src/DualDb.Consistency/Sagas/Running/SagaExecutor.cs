using System.Text.Json;
using DualDb.Consistency.Sagas.Journal;
using DualDb.Consistency.Sagas.Telemetry;
using DualDb.Errors;

namespace DualDb.Consistency.Sagas.Running;

/// <summary>Runs instances on this node, so many at the same time, and keeps them meanwhile.</summary>
internal sealed class SagaExecutor
{
    private readonly SagaEngine _engine;
    private readonly LocalRuns _runs;
    private readonly Leases _leases;
    private readonly SemaphoreSlim _slots;
    private long _takeovers;

    public SagaExecutor(SagaEngine engine, LocalRuns runs)
    {
        _engine = engine;
        _runs = runs;
        _leases = new Leases(engine);
        _slots = new SemaphoreSlim(engine.Options.MaxConcurrency);
    }

    /// <summary>How many instances were taken over from nodes that were lost.</summary>
    public long Takeovers => Interlocked.Read(ref _takeovers);

    public int FreeSlots => _slots.CurrentCount;

    /// <summary>Reserves room for a run; false where there is none.</summary>
    public bool TryReserve() => !_engine.IsStopping && _slots.Wait(0, CancellationToken.None);

    public void Unreserve() => _slots.Release();

    /// <summary>Gives up everything at once: the runs end where they are.</summary>
    public Task LoseAllAsync() => _leases.LoseAllAsync();

    /// <summary>Runs an instance that was taken.</summary>
    /// <param name="held">The instance.</param>
    /// <param name="askedAt">When it was asked for.</param>
    /// <remarks>The slot was reserved by the caller.</remarks>
    public void Run(HeldSaga held, long askedAt)
    {
        var definition = _engine.Definitions[held.Saga];
        if (held.Takeovers > 0)
        {
            Interlocked.Increment(ref _takeovers);
            SagaMeter.Takeovers.Add(1, SagaMeter.TagsOf(definition));
            SagaLog.TakenOver(_engine.Logger, held.Saga, held.Id);
        }

        _ = RunAfterOthersAsync(definition, held, askedAt);
    }

    /// <summary>Runs an instance that was started here.</summary>
    /// <param name="definition">The saga.</param>
    /// <param name="held">The instance.</param>
    /// <param name="run">Its entry among those of this process.</param>
    /// <param name="askedAt">When it was asked for.</param>
    /// <param name="input">Its input; null where the journal has to be read, since it was begun before.</param>
    public void Run(SagaDefinition definition, HeldSaga held, LocalRun run, long askedAt, object? input)
    {
        // Nobody's flow: neither a caller's activity nor its batching scope, nor its transaction.
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(() => RunAsync(definition, held, run, askedAt, input), CancellationToken.None);
        }
    }

    /// <summary>An instance that was taken from this very process, whose lease had run out, ends here before it begins anew.</summary>
    private async Task RunAfterOthersAsync(SagaDefinition definition, HeldSaga held, long askedAt)
    {
        var own = LocalRun.Taken();
        LocalRun run;
        while (!ReferenceEquals(run = _runs.Enter(held.Saga, held.Id, own), own))
        {
            await run.Ended.ConfigureAwait(false);
        }

        Run(definition, held, own, askedAt, input: null);
    }

    private async Task RunAsync(SagaDefinition definition, HeldSaga held, LocalRun run, long askedAt, object? input)
    {
        SagaEnd? end = null;
        var started = _engine.Time.GetTimestamp();
        SagaMeter.Active.Add(1, SagaMeter.TagsOf(definition));
        SagaInstance? instance = null;
        try
        {
            var (read, unreadable) = input is null ? Read(definition, held.Input) : (input, null);
            instance = new SagaInstance(definition, held, read, new LeaseClock(_engine.Time, _engine.Options.Lease, askedAt), _engine.Time) { IsNew = input is not null };
            _leases.Add(instance);
            end = await new SagaRun(_engine, instance).RunAsync(unreadable).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not InstanceLostException)
        {
            // The lease ends by itself, and whoever takes it then tries again.
            SagaLog.RunFailed(_engine.Logger, ServerWords.Loggable(exception), held.Saga, held.Id);
        }
        catch (InstanceLostException)
        {
            // Another node goes on.
        }
        finally
        {
            if (instance is not null)
            {
                _leases.Remove(instance);
            }

            SagaMeter.Active.Add(-1, SagaMeter.TagsOf(definition));
            SagaMeter.Duration.Record(_engine.Time.GetElapsedTime(started).TotalSeconds, SagaMeter.TagsOf(definition));
            _slots.Release();
            _runs.Leave(held.Saga, held.Id, run, end);
            _engine.Wakeups.Beat();
        }
    }

    private static (object? Input, string? Unreadable) Read(SagaDefinition definition, string json)
    {
        try
        {
            return (definition.DecodeInput(json), null);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or OverflowException or KeyNotFoundException)
        {
            return (null, $"The input cannot be read: {exception.Message}");
        }
    }
}
