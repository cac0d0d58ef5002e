using System.Runtime.CompilerServices;
using DualDb.Connections;

namespace DualDb.Consistency.Events;

/// <summary>How events are published and dispatched. Times are those of the database, unless they are said to be this node's.</summary>
public sealed class EventOptions
{
    private static readonly ConditionalWeakTable<DatabaseOptions, EventOptions> Known = [];
    private static readonly EventOptions Defaults = new();

    /// <summary>The largest payload in bytes of JSON, 256 KiB at first; a larger event is refused where it is published.</summary>
    public int MaxEventBytes { get; set; } = 256 * 1024;

    /// <summary>The longest key in bytes of UTF-8, 1,024 at first.</summary>
    public int MaxKeyBytes { get; set; } = 1024;

    /// <summary>All headers of an event together in bytes of JSON, 16 KiB at first.</summary>
    public int MaxHeaderBytes { get; set; } = 16 * 1024;

    /// <summary>The database whose outbox takes events that are published without a transaction: Neon at first.</summary>
    public Database DefaultDatabase { get; set; } = Database.Neon;

    /// <summary>What this node is called where operators see it: the machine's name and the process's id at first.</summary>
    public string NodeName { get; set; } = $"{Environment.MachineName}/{Environment.ProcessId}";

    /// <summary>How long a node keeps its share of the keys without renewing it, 30 seconds at first; after a crash, others take over then. At least a second.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many transactions of one handler run at the same time on this node, events of both databases together; 4 at first. Each takes a connection of the target's pool.</summary>
    public int MaxConcurrency { get; set; } = 4;

    /// <summary>How many events of one database are in memory at the same time, 1,000 at first.</summary>
    public int MaxInFlight { get; set; } = 1000;

    /// <summary>How many bytes of payload of one database are in memory at the same time, 32 MiB at first. An event larger than what is left is taken all the same, by itself.</summary>
    public long MaxInFlightBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>The longest pause between two looks at an outbox that was empty, 1 second at first: as late as an event of another process can be where notifications do not arrive.</summary>
    public TimeSpan MaxPollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long an outbox of Neon has to be empty before it is left alone, so that Neon can fall asleep: 1 minute at first. Events of this process end that at once, those of others with
    /// <see cref="SleepInterval"/>.
    /// </summary>
    public TimeSpan SleepAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The pause between two looks at an outbox that is left alone, 10 minutes at first: Neon falls asleep after 5. Set it to <see cref="MaxPollInterval"/> for a Neon that never sleeps.</summary>
    public TimeSpan SleepInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Whether processes tell each other of new events by <c>NOTIFY</c>: after the commit, on a connection of their own, and no oftener than every 10 milliseconds. Listening takes one
    /// connection, and works where the endpoint is no transaction pooler; elsewhere polling remains. True at first.
    /// </summary>
    public bool UseNotifications { get; set; } = true;

    /// <summary>How long handled events are kept in the outbox, 7 days at first; whole days are dropped at once.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long it is remembered that an event was handled, 30 days at first. It outlives everything that could deliver the event again, whatever is said here.</summary>
    public TimeSpan InboxRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long it is kept what operators did to dead letters, with the payloads they edited or discarded: 365 days at first.</summary>
    public TimeSpan AuditRetention { get; set; } = TimeSpan.FromDays(365);

    /// <summary>Events are also handed to these, each event to each of them at least once. Add a <see cref="RedisStreamPublisher"/>, or one of your own.</summary>
    public IList<IEventPublisher> Publishers { get; } = [];

    /// <summary>The options of a database's root: those that the container configured, or the defaults.</summary>
    internal static EventOptions Of(PostgresDatabase? database)
        => database is not null && Known.TryGetValue(database.Options, out var options) ? options : Defaults;

    /// <summary>Makes these the options of a root, also of those that act as users.</summary>
    internal void ApplyTo(IDualDatabase root)
    {
        Known.AddOrUpdate(root.Neon.Options, this);
        Known.AddOrUpdate(root.Supabase.Options, this);
    }

    /// <summary>Refuses values that nothing can be done with.</summary>
    /// <exception cref="DualDbConfigurationException">One is out of bounds.</exception>
    internal void Check()
    {
        Require(MaxEventBytes is >= 1 and <= 64 * 1024 * 1024, nameof(MaxEventBytes), "from 1 byte to 64 MiB");
        Require(MaxKeyBytes is >= 1 and <= 2048, nameof(MaxKeyBytes), "from 1 to 2,048 bytes, which an index takes");
        Require(MaxHeaderBytes >= 0, nameof(MaxHeaderBytes), "0 or more");
        Require(Enum.IsDefined(DefaultDatabase), nameof(DefaultDatabase), "Neon or Supabase");
        Require(!string.IsNullOrWhiteSpace(NodeName), nameof(NodeName), "a text");
        Require(Lease >= TimeSpan.FromSeconds(1) && Lease <= TimeSpan.FromHours(1), nameof(Lease), "from a second to an hour");
        Require(MaxConcurrency is >= 1 and <= 1000, nameof(MaxConcurrency), "from 1 to 1,000");
        Require(MaxInFlight is >= 1 and <= 100_000, nameof(MaxInFlight), "from 1 to 100,000");
        Require(MaxInFlightBytes >= 1024, nameof(MaxInFlightBytes), "1,024 bytes or more");
        Require(MaxPollInterval >= TimeSpan.FromMilliseconds(10), nameof(MaxPollInterval), "10 milliseconds or more");
        Require(SleepAfter >= TimeSpan.Zero, nameof(SleepAfter), "zero or more");
        Require(SleepInterval >= MaxPollInterval && SleepInterval <= TimeSpan.FromDays(1), nameof(SleepInterval), "from MaxPollInterval to a day");
        Require(Retention >= TimeSpan.Zero, nameof(Retention), "zero or more");
        Require(AuditRetention >= TimeSpan.FromDays(1), nameof(AuditRetention), "a day or more");
        Require(InboxRetention >= TimeSpan.FromHours(1), nameof(InboxRetention), "an hour or more");
    }

    private static void Require(bool holds, string option, string bounds)
    {
        if (!holds)
        {
            throw new DualDbConfigurationException($"EventOptions.{option} is out of bounds: it takes {bounds}.");
        }
    }
}
