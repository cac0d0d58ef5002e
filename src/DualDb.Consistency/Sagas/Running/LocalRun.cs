using System.Collections.Concurrent;

namespace DualDb.Consistency.Sagas.Running;

/// <summary>An instance that this process is starting or running.</summary>
internal sealed class LocalRun
{
    private readonly TaskCompletionSource<SagaEnd?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _isStored = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LocalRun(string? inputHash) => InputHash = inputHash;

    /// <summary>The hash of its input; null where it was taken over and nobody has asked.</summary>
    public string? InputHash { get; }

    /// <summary>Completes when the journal has it; with false where the call that was to start it has come to an end, and this process does not run it.</summary>
    public Task<bool> IsStored => _isStored.Task;

    /// <summary>Completes when it no longer runs here: with how it ended, or null where it has not.</summary>
    public Task<SagaEnd?> Ended => _ended.Task;

    /// <summary>One that the journal does not have yet.</summary>
    public static LocalRun Starting(string inputHash) => new(inputHash);

    /// <summary>One that was taken from the journal.</summary>
    public static LocalRun Taken()
    {
        var run = new LocalRun(inputHash: null);
        run.IsInJournal();
        return run;
    }

    public void IsInJournal() => _isStored.TrySetResult(true);

    public void End(SagaEnd? end)
    {
        _isStored.TrySetResult(false);
        _ended.TrySetResult(end);
    }
}

/// <summary>The instances that this process is starting or running.</summary>
internal sealed class LocalRuns
{
    private readonly ConcurrentDictionary<(string Saga, string Id), LocalRun> _runs = [];

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
