namespace DualDb.Testing;

/// <summary>A reply that a <see cref="LatencyProxy"/> keeps back: the server has carried out the request, and whoever sent it does not know yet.</summary>
public sealed class HeldReply : IDisposable
{
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal HeldReply()
    {
    }

    /// <summary>Completes when the server has answered; the answer is from then on what the client will see, whatever happens to the data meanwhile.</summary>
    public Task Arrived => _arrived.Task;

    internal Task Released => _released.Task;

    /// <summary>Lets the reply pass.</summary>
    public void Release() => _released.TrySetResult();

    /// <summary>Lets the reply pass.</summary>
    public void Dispose() => Release();

    internal void Arrive() => _arrived.TrySetResult();
}
