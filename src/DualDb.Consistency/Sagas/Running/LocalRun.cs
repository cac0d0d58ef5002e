using System.Collections.Concurrent;

namespace DualDb.Consistency.Sagas.Running;

/// <summary>An instance that this process is starting or running.</summary>
/// <param name="InputHash">The hash of its input; null where it was taken over and nobody has asked.</param>
internal sealed record LocalRun(string? InputHash)
{
    private readonly TaskCompletionSource<SagaEnd?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when it no longer runs here: with how it ended, or null where it has not.</summary>
    public Task<SagaEnd?> Ended => _ended.Task;

    public void End(SagaEnd? end) => _ended.TrySetResult(end);
}

/// <summary>The instances that this process is starting or running.</summary>
internal sealed class LocalRuns
{
    private readonly ConcurrentDictionary<(string Saga, string Id), LocalRun> _runs = [];

    public bool IsEmpty => _runs.IsEmpty;

    public LocalRun? Find(string saga, string id) => _runs.GetValueOrDefault((saga, id));

    /// <summary>Enters a run; another one's where there is one already.</summary>
    public LocalRun Enter(string saga, string id, LocalRun run) => _runs.GetOrAdd((saga, id), run);

    public void Leave(string saga, string id, LocalRun run, SagaEnd? end)
    {
        _runs.TryRemove(new KeyValuePair<(string, string), LocalRun>((saga, id), run));
        run.End(end);
    }

    public Task AllEnded() => Task.WhenAll(_runs.Values.Select(static run => run.Ended));
}
