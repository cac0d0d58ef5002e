namespace DualDb.Consistency.Sagas.Running;

/// <summary>Wakes whoever waits.</summary>
internal sealed class Pulse(TimeProvider time)
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the next beat completes. Take it before looking at what may change, and wait for it afterwards.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Beat() => Interlocked.Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>Waits for a beat, no longer than a pause.</summary>
    public async Task WaitAsync(Task beat, TimeSpan pause, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(beat, Task.Delay(pause, time, ended.Token)).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
