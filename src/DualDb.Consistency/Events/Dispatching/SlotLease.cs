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

    public bool IsValid => Volatile.Read(ref _lost) == 0 && clock.GetTimestamp() < Volatile.Read(ref _validUntil);

    /// <summary>Holds it from a moment before the database was asked.</summary>
    public void RenewFrom(long asked, TimeSpan lease) => Volatile.Write(ref _validUntil, asked + (long)(lease.TotalSeconds * clock.TimestampFrequency));

    /// <summary>The database has given it to another.</summary>
    public void Lose() => Volatile.Write(ref _lost, 1);
}
