namespace DualDb.Caching;

/// <summary>Tells when nobody waits for any of several readings that share a statement.</summary>
internal sealed class AbandonedLoads<TValue> : IDisposable
    where TValue : class
{
    private readonly CancellationTokenSource _all = new();
    private readonly List<CancellationTokenRegistration> _registrations = [];
    private int _left;

    public AbandonedLoads(IEnumerable<Load<TValue>> loads)
    {
        // One more than there are, until all are registered: the first may be abandoned already.
        _left = 1;
        foreach (var load in loads)
        {
            Interlocked.Increment(ref _left);
            _registrations.Add(load.Abandoned.UnsafeRegister(static state => ((AbandonedLoads<TValue>)state!).Leave(), this));
        }

        Leave();
    }

    public CancellationToken Token => _all.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _all.Dispose();
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _left) == 0)
        {
            _all.Cancel();
        }
    }
}
