namespace DualDb.Batching;

/// <summary>
/// One caller that waits. Its continuation runs where the answer is handed out, not on a thread of its own: so the next calls of all callers of a batch
/// are made before anything else is sent.
/// </summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <param name="batch">The batch that answers it.</param>
/// <param name="cancellationToken">Cancels this caller's waiting.</param>
internal sealed class BatchedCall<TEntity>(Batch batch, CancellationToken cancellationToken) : TaskCompletionSource<TEntity?>
    where TEntity : class
{
    private CancellationTokenRegistration _registration;
    private int _settled;

    /// <summary>Whether the caller still waits.</summary>
    public bool IsWaiting => Volatile.Read(ref _settled) == 0;

    /// <summary>Begins to watch the caller's token. Apart from the constructor, because the token may call back at once.</summary>
    public void Watch()
    {
        if (cancellationToken.CanBeCanceled)
        {
            _registration = cancellationToken.UnsafeRegister(static call => ((BatchedCall<TEntity>)call!).GiveUp(), this);
            if (!IsWaiting)
            {
                _registration.Unregister();
            }
        }
    }

    /// <summary>Hands the caller its row, or null for none.</summary>
    public void Answer(TEntity? row)
    {
        if (Settle())
        {
            TrySetResult(row);
        }
    }

    /// <summary>Hands the caller a failure.</summary>
    public void Fail(Exception failure)
    {
        if (Settle())
        {
            TrySetException(failure);
        }
    }

    private void GiveUp()
    {
        if (Settle())
        {
            batch.Abandon();

            // Not on the thread of whoever cancels, who would otherwise carry out what the caller does next.
            ThreadPool.UnsafeQueueUserWorkItem(static call => call.TrySetCanceled(call.Token), this, preferLocal: false);
        }
    }

    private CancellationToken Token => cancellationToken;

    private bool Settle()
    {
        if (Interlocked.Exchange(ref _settled, 1) != 0)
        {
            return false;
        }

        _registration.Unregister();
        return true;
    }
}
