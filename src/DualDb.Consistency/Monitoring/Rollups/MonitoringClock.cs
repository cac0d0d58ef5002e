namespace DualDb.Consistency.Monitoring.Rollups;

/// <summary>
/// The time that figures are kept under: the home database's, so that nodes whose clocks differ agree, carried on by this node's timestamps, so that its clock may jump. Until that database has been reached, this node's.
/// </summary>
/// <param name="clock">This node's.</param>
internal sealed class MonitoringClock(TimeProvider clock)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private DateTimeOffset _anchor = clock.GetUtcNow();
    private long _anchored = clock.GetTimestamp();

    public DateTimeOffset Now
    {
        get
        {
            lock (_lock)
            {
                return _anchor + clock.GetElapsedTime(_anchored);
            }
        }
    }

    /// <summary>Takes the database's time.</summary>
    /// <param name="time">When it answered, by its clock.</param>
    /// <param name="took">How long the question and the answer took together: the database read its clock at some moment of that.</param>
    /// <returns>Whether that was another: what is measured from now on belongs to other pieces.</returns>
    public bool Set(DateTimeOffset time, TimeSpan took)
    {
        lock (_lock)
        {
            // A slow answer is no clock that was set.
            var (now, then) = (_anchor + clock.GetElapsedTime(_anchored), time + (took / 2));
            if ((now - then).Duration() <= Tolerance + (took / 2))
            {
                return false;
            }

            (_anchor, _anchored) = (then, clock.GetTimestamp());
            return true;
        }
    }
}
