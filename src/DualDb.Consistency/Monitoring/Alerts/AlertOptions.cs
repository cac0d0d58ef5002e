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

    internal void Check()
    {
        MonitoringOptions.Require(RepeatEvery > TimeSpan.Zero, $"{nameof(MonitoringOptions.Alerts)}.{nameof(RepeatEvery)}", "above zero");
        MonitoringOptions.Require(ResolveAfter >= TimeSpan.Zero, $"{nameof(MonitoringOptions.Alerts)}.{nameof(ResolveAfter)}", "zero or above");
        foreach (var rule in Rules)
        {
            MonitoringOptions.Require(rule.For >= TimeSpan.Zero, $"{nameof(MonitoringOptions.Alerts)}.Rules[{rule.Id}].{nameof(rule.For)}", "zero or above");
        }
    }
}
