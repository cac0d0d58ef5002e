using DualDb.Consistency.Operators;

namespace DualDb.Consistency.Monitoring;

/// <summary>What is measured of a root's databases, and where it is kept.</summary>
public sealed class MonitoringOptions
{
    private static readonly TimeSpan LongestProbeEvery = TimeSpan.FromSeconds(3);

    /// <summary>The name of the application: figures of its nodes add up, and those of another in the same database stay apart. Null, as at first, for that of the host; where several roots of one process are monitored, with the root's name behind it: <c>Shop/ShopDb</c>. Two roots that keep their figures in one database need names of their own.</summary>
    public string? Application { get; set; }

    /// <summary>The database that keeps figures and alerts; Supabase at first, which does not sleep. Nodes meet there every 3 seconds, which would keep Neon awake. While it cannot be reached, they are kept in memory, and written later.</summary>
    public Database Home { get; set; } = Database.Supabase;

    /// <summary>How often a database is asked whether it is there, where nothing else was just asked of it; 1 second at first, 3 seconds at most.</summary>
    public TimeSpan ProbeEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long such a question may take before the database counts as away, 2 seconds at first.</summary>
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long after the application's last call Neon is still asked, 30 seconds at first: then it is left alone, so that it can fall asleep, and that time counts neither as up nor as down. <see cref="Timeout.InfiniteTimeSpan"/> for
    /// a Neon that never sleeps.
    /// </summary>
    public TimeSpan ProbeNeonFor { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>What the figures should be.</summary>
    public KpiTargets Targets { get; } = new();

    /// <summary>What is told, and how often.</summary>
    public AlertOptions Alerts { get; } = new();

    /// <summary>From how many calls of one statement within one trace on they are told as reads in a loop (N+1); 10 at first.</summary>
    public int RepeatedReads { get; set; } = 10;

    /// <summary>How long the audit of what operators did is kept, a year at first, 30 days at least; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</summary>
    public TimeSpan AuditRetention { get; set; } = TimeSpan.FromDays(365);

    /// <exception cref="DualDbConfigurationException">A value makes no sense.</exception>
    /// <summary>The same with another home.</summary>
    internal MonitoringOptions At(Database home)
    {
        var options = (MonitoringOptions)MemberwiseClone();
        options.Home = home;
        return options;
    }

    internal void Check()
    {
        Require(AuditRetention >= TimeSpan.FromDays(AuditSchema.LeastDays) || AuditRetention == Timeout.InfiniteTimeSpan, nameof(AuditRetention), "30 days or more, or Timeout.InfiniteTimeSpan");
        // Of longer times in which nobody asked nothing is known: they count neither as up nor as down.
        Require(ProbeEvery > TimeSpan.Zero && ProbeEvery <= LongestProbeEvery, nameof(ProbeEvery), "above zero, and 3 seconds at most");
        Require(ProbeTimeout > TimeSpan.Zero, nameof(ProbeTimeout), "above zero");
        Require(ProbeNeonFor >= TimeSpan.Zero || ProbeNeonFor == Timeout.InfiniteTimeSpan, nameof(ProbeNeonFor), "not below zero, or Timeout.InfiniteTimeSpan");
        Require(RepeatedReads > 1, nameof(RepeatedReads), "above 1");
        Require(Enum.IsDefined(Home), nameof(Home), "one of the two databases");
        Targets.Check();
        Alerts.Check();
    }

    internal static void Require(bool holds, string option, string expected)
    {
        if (!holds)
        {
            throw new DualDbConfigurationException($"{nameof(MonitoringOptions)}.{option} has to be {expected}.");
        }
    }
}
