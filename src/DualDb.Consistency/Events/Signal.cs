namespace DualDb.Consistency.Events;

/// <summary>Wakes whoever waits. Take <see cref="Next"/> before looking, so that what happens in between is not missed.</summary>
internal sealed class Signal
{
    private volatile TaskCompletionSource _next = NewSource();

    /// <summary>Completes when it is raised the next time.</summary>
    public Task Next => _next.Task;

    public void Raise() => Interlocked.Exchange(ref _next, NewSource()).TrySetResult();

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
