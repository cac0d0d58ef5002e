namespace DualDb.Testing.Proxying;

/// <summary>A gate that stands open until it is closed, and that everybody waits at while it is.</summary>
internal sealed class Gate
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _closed;

    public void Close()
    {
        lock (_lock)
        {
            _closed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Open()
    {
        lock (_lock)
        {
            _closed?.SetResult();
            _closed = null;
        }
    }

    public Task PassAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _closed is null ? Task.CompletedTask : _closed.Task.WaitAsync(cancellationToken);
        }
    }
}
