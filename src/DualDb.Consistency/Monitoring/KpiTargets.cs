namespace DualDb.Consistency.Monitoring;

/// <summary>What the figures should be. Null for no target.</summary>
public sealed class KpiTargets
{
    /// <summary>The share of compared rows that are equal on both sides, 0.999 at first.</summary>
    public double? Consistency { get; set; } = 0.999;

    /// <summary>What 95 of 100 calls of a database, and reads of a view, take at most; 100 milliseconds at first.</summary>
    public TimeSpan? QueryTime { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The share of the time in which a database answers, 0.9995 at first.</summary>
    public double? Availability { get; set; } = 0.9995;

    /// <summary>What 99 of 100 changes take from one database to the other at most; 1 second at first.</summary>
    public TimeSpan? SyncLag { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The share of cached reads that a level answers; no target at first.</summary>
    public double? CacheHitRate { get; set; }

    internal void Check()
    {
        foreach (var (name, share) in new[] { (nameof(Consistency), Consistency), (nameof(Availability), Availability), (nameof(CacheHitRate), CacheHitRate) })
        {
            MonitoringOptions.Require(share is null or (> 0 and <= 1), $"{nameof(MonitoringOptions.Targets)}.{name}", "above 0, and 1 at most");
        }

        foreach (var (name, time) in new[] { (nameof(QueryTime), QueryTime), (nameof(SyncLag), SyncLag) })
        {
            MonitoringOptions.Require(time is null || time > TimeSpan.Zero, $"{nameof(MonitoringOptions.Targets)}.{name}", "above zero");
        }
    }
}
