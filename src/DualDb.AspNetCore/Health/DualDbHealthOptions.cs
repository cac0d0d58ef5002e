using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DualDb.AspNetCore.Health;

/// <summary>How often databases are asked whether they are well, and what their answers make of this node.</summary>
public sealed class DualDbHealthOptions
{
    /// <summary>So long an answer serves all who ask; 1 second at first. However many ask at once, a database is asked once, and not at all where it has just answered a call of the application.</summary>
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>So long a probe waits for an answer, 2 seconds at first; below the timeout of whoever probes.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>A database that takes longer than that for a round trip is slow, which is degraded; 1 second at first.</summary>
    public TimeSpan SlowAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>So long a Neon that was asleep may take to wake up and be degraded instead of down; 15 seconds at first. Zero for a Neon that never sleeps.</summary>
    public TimeSpan ColdStartTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Whether a Neon that may be asleep is asked; false at first. It is then left alone once the application has not called it for <see cref="LeaveNeonAloneAfter"/>, and the last that is known of it is told: a probe that wakes
    /// it would keep it awake, which is paid for.
    /// </summary>
    public bool WakeNeon { get; set; }

    /// <summary>How long after the application's last call Neon is still asked, 30 seconds at first. Neon falls asleep after minutes without a call.</summary>
    public TimeSpan LeaveNeonAloneAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>So long what is known of migrations and schemas serves, 5 minutes at first: they are read from both databases.</summary>
    public TimeSpan SchemaMaxAge { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>What a database that is away makes of this node: unhealthy at first, which takes it out of service.</summary>
    public HealthStatus FailureStatus { get; set; } = HealthStatus.Unhealthy;

    /// <summary>
    /// The worst that outbox, synchronisation, consistency, sagas, migrations and alerts make of this node: degraded at first. What is amiss with them is amiss on every node, and none would do better; alerts tell people. Unhealthy for
    /// processes that do nothing else.
    /// </summary>
    public HealthStatus BackgroundFailureStatus { get; set; } = HealthStatus.Degraded;

    /// <summary>What the names of the checks begin with, for the second root of a container; nothing at first.</summary>
    public string NamePrefix { get; set; } = "";

    /// <exception cref="DualDbConfigurationException">A value makes no sense.</exception>
    internal void Check()
    {
        Require(MaxAge > TimeSpan.Zero, nameof(MaxAge), "above zero");
        Require(Timeout > TimeSpan.Zero, nameof(Timeout), "above zero");
        Require(SlowAfter > TimeSpan.Zero, nameof(SlowAfter), "above zero");
        Require(ColdStartTimeout >= TimeSpan.Zero, nameof(ColdStartTimeout), "zero or above");
        Require(LeaveNeonAloneAfter >= TimeSpan.Zero, nameof(LeaveNeonAloneAfter), "zero or above");
        Require(SchemaMaxAge > TimeSpan.Zero, nameof(SchemaMaxAge), "above zero");
        Require(Enum.IsDefined(FailureStatus), nameof(FailureStatus), "a health status");
        Require(Enum.IsDefined(BackgroundFailureStatus), nameof(BackgroundFailureStatus), "a health status");
        Require(NamePrefix is not null, nameof(NamePrefix), "a text");
    }

    private static void Require(bool holds, string option, string expected)
    {
        if (!holds)
        {
            throw new DualDbConfigurationException($"{nameof(DualDbHealthOptions)}.{option} has to be {expected}.");
        }
    }
}
