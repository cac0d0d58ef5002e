namespace DualDb.Consistency.Tests.Events.Rig;

/// <summary>The clock of a machine that somebody sets: the time of day steps, and what durations are measured by goes on.</summary>
public sealed class SteppingClock : TimeProvider
{
    private long _step;
    private long _elapsed;

    /// <summary>How far the time of day is from the right one.</summary>
    public TimeSpan Step
    {
        get => TimeSpan.FromTicks(Volatile.Read(ref _step));
        set => Volatile.Write(ref _step, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Step;

    public override long GetTimestamp() => base.GetTimestamp() + Volatile.Read(ref _elapsed);

    /// <summary>Has time pass for whoever measures a duration; timers do not fire earlier.</summary>
    public void Pass(TimeSpan time) => Interlocked.Add(ref _elapsed, (long)(time.TotalSeconds * TimestampFrequency));
}
