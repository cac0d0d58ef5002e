namespace DualDb.Consistency.Sagas;

/// <summary>How sagas are run. Times are those of the home database unless they are said to be this node's. Read at the first use.</summary>
public sealed class SagaOptions
{
    /// <summary>The database that keeps the journal: Neon at first. Once there are instances it must stay the same.</summary>
    public Database Home { get; set; } = Database.Neon;

    /// <summary>What this node is called where operators see it: the machine's name and the process's id at first.</summary>
    public string NodeName { get; set; } = $"{Environment.MachineName}/{Environment.ProcessId}";

    /// <summary>How long a node keeps an instance without renewing that, 30 seconds at first; after a crash, others take over then. At least a second.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many instances run at the same time on one node, 32 at first.</summary>
    public int MaxConcurrency { get; set; } = 32;

    /// <summary>
    /// How long this node leaves the home database alone when there is nothing to do, 10 minutes at first, so that Neon can fall asleep: it does after 5. What this node starts or is told
    /// wakes it at once; this is how late it may notice an instance of another node that has died.
    /// </summary>
    public TimeSpan IdleInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The longest pause between attempts that is spent in memory, 5 seconds at first; for a longer one the instance is put down, and any node picks it up.</summary>
    public TimeSpan MaxPauseInMemory { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How often an instance may lose the node that ran it before it is parked, 20 at first: a step that ends the process must not end all of them, one after the other.
    /// </summary>
    public int MaxTakeovers { get; set; } = 20;

    /// <summary>
    /// How long an instance that does not fit the definition of this node is left to others, 15 minutes at first, where it was begun beside that definition and not before it: in the middle of
    /// a deployment nodes of both versions run. Then it is parked. Longer than <see cref="IdleInterval"/>, or others do not get to see it.
    /// </summary>
    public TimeSpan DeploymentPatience { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The largest input or result in bytes of JSON, 1 MiB at first.</summary>
    public int MaxPayloadBytes { get; set; } = 1024 * 1024;

    /// <summary>How long finished instances are kept, 30 days at first: as long as an id is known. Those that wait for an operator are kept until he has seen to them.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long it is kept what operators did, 365 days at first.</summary>
    public TimeSpan AuditRetention { get; set; } = TimeSpan.FromDays(365);

    /// <summary>Lets tests end a run in the middle as a crash of the process would.</summary>
    internal Action<Running.RunPoint>? Probe { get; set; }

    /// <summary>Refuses what cannot be meant.</summary>
    /// <exception cref="DualDbConfigurationException">An option is out of range.</exception>
    internal void Check()
    {
        Require(Lease >= TimeSpan.FromSeconds(1), nameof(Lease), Lease, "a second or more");
        Require(MaxConcurrency >= 1, nameof(MaxConcurrency), MaxConcurrency, "1 or more");
        Require(IdleInterval > TimeSpan.Zero, nameof(IdleInterval), IdleInterval, "above zero");
        Require(MaxPauseInMemory >= TimeSpan.Zero, nameof(MaxPauseInMemory), MaxPauseInMemory, "zero or more");
        Require(MaxTakeovers >= 0, nameof(MaxTakeovers), MaxTakeovers, "0 or more");
        Require(DeploymentPatience >= TimeSpan.Zero, nameof(DeploymentPatience), DeploymentPatience, "zero or more");
        Require(MaxPayloadBytes >= 1, nameof(MaxPayloadBytes), MaxPayloadBytes, "1 or more");
        Require(Retention > TimeSpan.Zero, nameof(Retention), Retention, "above zero");
        Require(AuditRetention >= TimeSpan.FromDays(1), nameof(AuditRetention), AuditRetention, "a day or more");
        Require(Enum.IsDefined(Home), nameof(Home), Home, "Neon or Supabase");
        Require(!string.IsNullOrWhiteSpace(NodeName), nameof(NodeName), NodeName, "a name");
    }

    private static void Require(bool holds, string option, object? value, string range)
    {
        if (!holds)
        {
            throw new DualDbConfigurationException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"SagaOptions.{option} is {value}, and must be {range}."));
        }
    }
}
