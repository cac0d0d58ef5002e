namespace DualDb.Consistency.Events.Dispatching;

/// <summary>
/// A part of the keys that this node leases. Whether it still does is decided twice: by a clock of this machine that cannot be set, before something is begun, and by the token in the database,
/// where something is written.
/// </summary>
/// <param name="slot">The part.</param>
/// <param name="token">Counted up with each new owner: what an earlier one still writes under its own is ignored.</param>
/// <param name="clock">The clock.</param>
internal sealed class SlotLease(short slot, long token, TimeProvider clock)
{
    private long _validUntil;
    private int _lost;

    public short Slot { get; } = slot;

    public long Token { get; } = token;

    /// <summary>
    /// Once it has been seen to be over it stays over, although the database may still renew it, whose expiry is later by the way of the answer: what was given up meanwhile would be overtaken by what
    /// stands behind it.
    /// </summary>
    /// <summary>Whether it is to be given back to another node, as soon as nothing of it is in hand any more: nothing new is read of it.</summary>
    public bool IsLeaving { get; set; }

    public bool IsValid
    {
        get
        {
            if (Volatile.Read(ref _lost) == 0 && clock.GetTimestamp() >= Volatile.Read(ref _validUntil))
            {
                Lose();
            }

            return Volatile.Read(ref _lost) == 0;
        }
    }

    /// <summary>Holds it from a moment before the database was asked.</summary>
    /// <returns>False where it was seen to be over: a new one takes its place.</returns>
    public bool RenewFrom(long asked, TimeSpan lease)
    {
        Interlocked.Exchange(ref _validUntil, asked + (long)(lease.TotalSeconds * clock.TimestampFrequency));
        return Volatile.Read(ref _lost) == 0;
    }

    /// <summary>The database has given it to another.</summary>
    public void Lose() => Volatile.Write(ref _lost, 1);
}
