namespace DualDb.Consistency.Sagas.Running;

/// <summary>
/// Whether this node may still count on having an instance. The database's clock decides when others may take it; here only time that has passed is measured, from before the database was
/// asked, so that a clock that is set does no harm and the answer is never later than the truth.
/// </summary>
internal sealed class LeaseClock(TimeProvider time, TimeSpan lease, long askedAt)
{
    private long _askedAt = askedAt;

    /// <summary>Whether nobody else can have it.</summary>
    public bool IsGood => time.GetElapsedTime(Volatile.Read(ref _askedAt)) < lease;

    /// <summary>It was kept by a request that was sent then.</summary>
    public void Renew(long askedAt) => Volatile.Write(ref _askedAt, askedAt);
}
