using DualDb.Consistency.Monitoring.Rollups;

namespace DualDb.Consistency.Monitoring.Alerts;

/// <summary>Tells whether the clock that figures are kept under went on as this node's timestamps did: the home database's may be set, and another database's takes over with a failover.</summary>
/// <param name="clock">The clock.</param>
/// <param name="time">This node's timestamps.</param>
internal sealed class ClockJumps(MonitoringClock clock, TimeProvider time)
{
    private DateTimeOffset _read = clock.Now;
    private long _readAt = time.GetTimestamp();

    /// <summary>Reads the clock.</summary>
    /// <returns>The time, and by how much it is ahead of where it was going when it was last read; negative where it was set back.</returns>
    public (DateTimeOffset Now, TimeSpan Jump) Read()
    {
        var (now, at) = (clock.Now, time.GetTimestamp());
        var jump = now - _read - time.GetElapsedTime(_readAt, at);
        (_read, _readAt) = (now, at);
        return (now, jump);
    }
}
