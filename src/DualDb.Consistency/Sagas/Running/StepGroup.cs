using DualDb.Consistency.Sagas.Results;

namespace DualDb.Consistency.Sagas.Running;

/// <summary>Runs what runs at the same time: steps of one number, or their ways back. Where one is given up, the others make no further attempt.</summary>
internal sealed class StepGroup(SagaEngine engine, SagaInstance instance, object saga)
{
    /// <summary>Runs it.</summary>
    /// <exception cref="InstanceLostException">Another node has the instance.</exception>
    public async Task<WorkOutcome[]> RunAsync(SagaWork[] works)
    {
        var runner = new WorkRunner(engine, instance, saga);
        if (works.Length == 1)
        {
            return [await RunOneAsync(runner, works[0], CancellationToken.None).ConfigureAwait(false)];
        }

        await engine.PatientlyAsync(instance, () => FenceForManyAsync(works)).ConfigureAwait(false);
        using var stop = new CancellationTokenSource();
        return await Task.WhenAll(works.Select(async work =>
        {
            var outcome = await RunOneAsync(runner, work, stop.Token).ConfigureAwait(false);
            if (outcome.Failure is not null)
            {
                await stop.CancelAsync().ConfigureAwait(false);
            }

            return outcome;
        })).ConfigureAwait(false);
    }

    private Task<WorkOutcome> RunOneAsync(WorkRunner runner, SagaWork work, CancellationToken stop)
        => work is WaitStep wait ? new WaitRunner(engine, instance, saga).RunAsync(wait) : runner.RunAsync(work, stop);

    /// <summary>A transaction that raises the fence holds it alone: steps at each other's side would wait for each other.</summary>
    private async Task FenceForManyAsync(SagaWork[] works)
    {
        foreach (var database in works.Select(static work => work.Target).OfType<Database>().Distinct().Where(database => !instance.IsFenced(database)))
        {
            if (!await Fence.RaiseAsync(engine.Database(database), instance.Definition.Name, instance.Id, instance.Token, instance.Lost.Token).ConfigureAwait(false))
            {
                throw new InstanceLostException();
            }

            instance.HasFence(database);
        }
    }
}
