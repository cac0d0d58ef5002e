namespace DualDb.Transactions;

/// <summary>What runs after a commit, in the order in which it was added.</summary>
internal sealed class CommitCallbacks
{
    private List<Func<CancellationToken, Task>>? _callbacks;

    public void Add(Func<CancellationToken, Task> callback) => (_callbacks ??= []).Add(callback);

    /// <summary>Runs them all; a failure stops none of the others, since each stands for a commit that cannot be taken back.</summary>
    /// <exception cref="CommitCallbackException">Some failed.</exception>
    public async Task RunAsync(Database database, CancellationToken cancellationToken)
    {
        if (_callbacks is null)
        {
            return;
        }

        List<Exception>? failures = null;
        foreach (var callback in _callbacks)
        {
            try
            {
                await callback(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                (failures ??= []).Add(exception);
            }
        }

        if (failures is not null)
        {
            throw new CommitCallbackException(database, _callbacks.Count, failures);
        }
    }
}
