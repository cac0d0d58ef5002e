namespace DualDb.Caching;

/// <summary>One reading of one key, which all callers of that time share.</summary>
internal abstract class Load
{
    private volatile bool _isInvalidated;

    /// <summary>Whether what it reads may be older than a write that has been committed since.</summary>
    public bool IsInvalidated => _isInvalidated;

    /// <summary>Says that a write has been committed since it began: its value is not kept, and later callers do not join it.</summary>
    public void Invalidate() => _isInvalidated = true;
}

/// <summary>A reading, by the type of its value.</summary>
/// <param name="key">The key in memory.</param>
/// <param name="text">The key as text.</param>
/// <param name="generation">The generation of the dependencies when it began.</param>
/// <param name="stale">The expired value that may stand in; null where there is none.</param>
internal sealed class Load<TValue>(string key, string text, long generation, CacheEntry<TValue>? stale) : Load
    where TValue : class
{
    private readonly TaskCompletionSource<LoadOutcome<TValue>> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _abandoned = new();
    private int _waiting;

    public string Key => key;

    public string Text => text;

    public long Generation => generation;

    /// <summary>Whether it loads anew what has not expired yet.</summary>
    public bool IsRefresh { get; init; }

    /// <summary>The last stamp of a row when it began.</summary>
    public long Stamp { get; init; }

    /// <summary>The expired value that may stand in. A payload that was found in Redis may take its place while loading.</summary>
    public CacheEntry<TValue>? Stale { get; set; } = stale;

    /// <summary>Completes when it has ended, however; never fails.</summary>
    public Task<LoadOutcome<TValue>> Outcome => _completion.Task;

    /// <summary>Cancelled when nobody waits any more.</summary>
    public CancellationToken Abandoned => _abandoned.Token;

    /// <summary>Another caller waits. Called under the lock of the key's stripe.</summary>
    public void Join() => _waiting++;

    /// <summary>A caller has given up. Called under the lock of the key's stripe.</summary>
    /// <returns>Whether it was the last.</returns>
    public bool Leave() => --_waiting == 0;

    /// <summary>Ends the reading, which nobody waits for any more; elsewhere, since this is the thread of whoever cancels.</summary>
    public void Abandon() => _ = _abandoned.CancelAsync();

    public void End(LoadOutcome<TValue> outcome) => _completion.TrySetResult(outcome);
}
