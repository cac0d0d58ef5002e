namespace DualDb.Consistency.Monitoring;

/// <summary>What is told, and how often.</summary>
public sealed class AlertOptions
{
    /// <summary>The rules, each of which can be changed.</summary>
    public AlertRules Rules { get; } = new();

    /// <summary>How often an alert that lasts is told again, 15 minutes at first. One that was over in between is not told more often either: what comes and goes is told at most once in this time, with its end.</summary>
    public TimeSpan RepeatEvery { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>For how long nothing may be the matter before it is over, 5 seconds at first.</summary>
    public TimeSpan ResolveAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the oldest event of an outbox may wait before <c>events-wait</c> tells of it, a minute at first.</summary>
    public TimeSpan MaxEventAge { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Which share of the connections that a node may hold to a database may be in use before <c>connections-scarce</c> tells of it, from 0 to 1; 0.8 at first.</summary>
    public double MaxConnectionShare { get; set; } = 0.8;

    /// <summary>How many sagas a node may take over from others within 5 minutes before <c>sagas-taken-over</c> tells of it, 10 at first.</summary>
    public int MaxTakeovers { get; set; } = 10;

    internal void Check()
    {
        MonitoringOptions.Require(MaxEventAge > TimeSpan.Zero, $"{nameof(MonitoringOptions.Alerts)}.{nameof(MaxEventAge)}", "above zero");
        MonitoringOptions.Require(MaxConnectionShare is > 0 and <= 1, $"{nameof(MonitoringOptions.Alerts)}.{nameof(MaxConnectionShare)}", "above 0, and 1 at most");
        MonitoringOptions.Require(MaxTakeovers >= 0, $"{nameof(MonitoringOptions.Alerts)}.{nameof(MaxTakeovers)}", "0 or more");
        MonitoringOptions.Require(RepeatEvery > TimeSpan.Zero, $"{nameof(MonitoringOptions.Alerts)}.{nameof(RepeatEvery)}", "above zero");
        MonitoringOptions.Require(ResolveAfter >= TimeSpan.Zero, $"{nameof(MonitoringOptions.Alerts)}.{nameof(ResolveAfter)}", "zero or above");
        foreach (var rule in Rules)
        {
            MonitoringOptions.Require(rule.For >= TimeSpan.Zero, $"{nameof(MonitoringOptions.Alerts)}.Rules[{rule.Id}].{nameof(rule.For)}", "zero or above");
        }
    }
}
