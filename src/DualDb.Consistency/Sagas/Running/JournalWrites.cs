using DualDb.Consistency.Sagas.Journal;
using DualDb.Consistency.Sagas.Telemetry;

namespace DualDb.Consistency.Sagas.Running;

/// <summary>What the engine writes for an instance that it has, with the patience of one that would lose more by giving up.</summary>
internal static class JournalWrites
{
    /// <summary>Changes an instance in the journal, and tells it of steps; repeated until it succeeds or the lease is over.</summary>
    /// <returns>The token from now on.</returns>
    /// <exception cref="InstanceLostException">The instance is another node's.</exception>
    public static async Task<long> ChangeAsync(this SagaEngine engine, SagaInstance instance, JournalChange change)
    {
        var entries = instance.Untold();
        long? token = null;
        await engine.PatientlyAsync(
            instance,
            async () => token = await engine.Journal.ChangeAsync(instance.Definition.Name, instance.Id, instance.Token, change, entries, instance.Lost.Token).ConfigureAwait(false)).ConfigureAwait(false);
        if (token is null)
        {
            await instance.Lost.CancelAsync().ConfigureAwait(false);
            throw new InstanceLostException();
        }

        instance.Told(entries);
        return token.Value;
    }

    /// <summary>Does something of the engine's own, again and again where a database cannot be reached, while that is bearable.</summary>
    /// <exception cref="InstanceLostException">The lease is over.</exception>
    public static async Task PatientlyAsync(this SagaEngine engine, SagaInstance instance, Func<Task> act)
    {
        for (var attempt = 1; ; attempt++)
        {
            instance.RequireLease();
            try
            {
                await act().ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException) when (instance.Lost.IsCancellationRequested)
            {
                throw new InstanceLostException();
            }
            catch (Exception exception) when (FailureVerdicts.Of(exception) == FailureVerdict.SaysNothing || exception is DatabaseErrorException { SqlState: "55P03" or "40P01" or "40001" })
            {
                var pause = RetryPolicy.Default.PauseAfter(attempt);
                if (pause > engine.Options.MaxPauseInMemory)
                {
                    throw;
                }

                SagaLog.JournalLost(engine.Logger, (exception as DualDbException)?.Database ?? engine.Home.Kind, exception.Message);
                await Task.Delay(pause, engine.Time, instance.Lost.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
