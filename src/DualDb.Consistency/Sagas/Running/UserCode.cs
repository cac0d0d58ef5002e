namespace DualDb.Consistency.Sagas.Running;

/// <summary>Calls what users wrote, and does not wait for it longer than it may take.</summary>
internal static class UserCode
{
    /// <summary>How long code may take to heed its cancellation.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>Awaits a call.</summary>
    /// <param name="call">The call, which was given <paramref name="limit"/>.</param>
    /// <param name="limit">Fires when its time is up.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="AbandonedCallException">It does not heed its cancellation: it is still running.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<object?> AwaitAsync(Task<object?> call, CancellationToken limit, TimeProvider time)
    {
        try
        {
            return await call.WaitAsync(limit).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            await Task.WhenAny(call, Task.Delay(Grace, time, CancellationToken.None)).ConfigureAwait(false);
            return call.IsCompleted ? await call.ConfigureAwait(false) : throw new AbandonedCallException(call);
        }
    }
}

/// <summary>A call of a user's code does not heed its cancellation.</summary>
/// <param name="call">The call, which is still running: what it uses must not be taken from it.</param>
internal sealed class AbandonedCallException(Task call) : Exception("The code does not heed its cancellation.")
{
    public Task Call { get; } = call;
}
