using System.Runtime.CompilerServices;

namespace DualDb.Consistency.Sync;

/// <summary>How changes are carried from one database to the other. Times are those of the database, unless they are said to be this node's.</summary>
public sealed class SyncOptions
{
    private static readonly ConditionalWeakTable<DatabaseOptions, SyncOptions> Known = [];
    private static readonly SyncOptions Defaults = new();

    /// <summary>No work is done more often than that.</summary>
    internal static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);

    /// <summary>The database that is nearer to this node, which <see cref="ReadFrom.Nearest"/> reads; null, as at first, for each entity's own. Where it cannot be reached, the other one is read.</summary>
    public Database? Nearest { get; set; }

    /// <summary>How many changes are applied in one transaction at most, 500 at first.</summary>
    public int PageSize { get; set; } = 500;

    /// <summary>Into how many parts the keys of a direction are hashed, which nodes share; 1 at first. It cannot be changed while changes are on their way.</summary>
    public int Parts { get; set; } = 1;

    /// <summary>How long a node keeps a direction without renewing it, 15 seconds at first; after a crash, another takes over then.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest pause between two looks at a log in which nothing was new, 250 milliseconds at first.</summary>
    public TimeSpan MaxPollInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long nothing may be new in either log before both are left alone, so that Neon can fall asleep: 1 minute at first.</summary>
    public TimeSpan SleepAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The pause between two looks at a log that is left alone, 10 minutes at first: Neon falls asleep after 5. Set it to <see cref="MaxPollInterval"/> for a Neon that never sleeps.</summary>
    public TimeSpan SleepInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long changes stay in a log after both sides have them, 24 hours at first.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long it is remembered of a deleted row that it was there, 30 days at first: longer than either side may be away.</summary>
    public TimeSpan TombstoneRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a transaction that applies changes may wait for a row, or be left by a frozen node, 15 seconds at first.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How many rows a backfill copies in one transaction, 1,000 at first. The next ones follow when the other side has them.</summary>
    public int BackfillChunk { get; set; } = 1000;

    /// <summary>How long a backfill waits for the other side to take over a chunk, 5 minutes at first.</summary>
    public TimeSpan BackfillPatience { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often both sides are compared, on one of the nodes that carry changes; null for only when <see cref="DatabaseSync.VerifyAsync"/> is called, which is so at first. A comparison reads all rows of both sides.</summary>
    public TimeSpan? VerifyEvery { get; set; }

    /// <summary>How often the rows of both sides are counted, on one of the nodes; null for never, which is so at first. Where the counts differ by more than <see cref="CountThreshold"/>, the rows are compared at once.</summary>
    public TimeSpan? CountEvery { get; set; }

    /// <summary>By how many rows the counts of both sides may differ, 10 at first: changes on their way make them differ a little.</summary>
    public long CountThreshold { get; set; } = 10;

    /// <summary>How long comparisons are kept (<see cref="DatabaseSync.Verifications"/>), 90 days at first; and never more than 1,000 of them.</summary>
    public TimeSpan VerificationRetention { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long conflicts are kept that were decided, 90 days at first. Those that wait for a decision are kept until there is one.</summary>
    public TimeSpan ConflictRetention { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long a change may take from one database to the other before an alert is raised, 1 second at first; where more than one in a hundred of a minute's changes take longer.</summary>
    public TimeSpan MaxLag { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the oldest change may wait before an alert is raised and the health check is degraded, 10 seconds at first.</summary>
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a transaction may write before an alert is raised and the health check is degraded, 30 seconds at first: its changes arrive when it ends.</summary>
    public TimeSpan MaxTransactionAge { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often an alert is raised again while it lasts, 15 minutes at first.</summary>
    public TimeSpan AlertRepeat { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How many changes may wait in a log before an alert is raised and the health check is degraded; 1,000,000 at first. None is removed before the other side has it.</summary>
    public long MaxPending { get; set; } = 1_000_000;

    /// <summary>How long a map may be paused before an alert is raised and the health check is degraded, 1 minute at first. A migration pauses the maps of a table that it alters.</summary>
    public TimeSpan MaxPause { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether both sides of a map are compared when a pause of it is over, on one of the nodes that carry changes; not so at first. A comparison reads all rows of both sides.</summary>
    public bool VerifyAfterPause { get; set; }

    /// <summary>How the changes of Neon are taken from it.</summary>
    public SyncSourceOptions Neon { get; } = new();

    /// <summary>How the changes of Supabase are taken from it.</summary>
    public SyncSourceOptions Supabase { get; } = new();

    /// <summary>The options of a database's root: those that the container configured, or the defaults.</summary>
    internal static SyncOptions Of(PostgresDatabase database) => Known.TryGetValue(database.Options, out var options) ? options : Defaults;

    /// <summary>The options of a root, which it shares with those that act as its users; the defaults at first.</summary>
    internal static SyncOptions Of(IDualDatabase root)
    {
        var options = Known.GetValue(root.Neon.Options, static _ => new SyncOptions());
        Known.TryAdd(root.Supabase.Options, options);
        return options;
    }

    /// <summary>How the changes of a database are taken from it.</summary>
    internal SyncSourceOptions SourceOf(Database database) => database == Database.Neon ? Neon : Supabase;

    /// <summary>Refuses values that nothing can be done with.</summary>
    /// <exception cref="DualDbConfigurationException">One is out of bounds.</exception>
    internal void Check()
    {
        Require(PageSize is >= 1 and <= 10_000, nameof(PageSize), "from 1 to 10,000");
        Require(Parts is >= 1 and <= 64, nameof(Parts), "from 1 to 64");
        Require(Lease >= TimeSpan.FromSeconds(1) && Lease <= TimeSpan.FromHours(1), nameof(Lease), "from a second to an hour");
        Require(MaxPollInterval >= TimeSpan.FromMilliseconds(10), nameof(MaxPollInterval), "10 milliseconds or more");
        Require(SleepAfter >= TimeSpan.Zero, nameof(SleepAfter), "zero or more");
        Require(SleepInterval >= MaxPollInterval && SleepInterval <= TimeSpan.FromDays(1), nameof(SleepInterval), "from MaxPollInterval to a day");
        Require(Retention >= TimeSpan.Zero, nameof(Retention), "zero or more");
        Require(TombstoneRetention >= TimeSpan.FromHours(1), nameof(TombstoneRetention), "an hour or more");
        Require(Patience >= TimeSpan.FromSeconds(1), nameof(Patience), "a second or more");
        Require(BackfillChunk is >= 1 and <= 100_000, nameof(BackfillChunk), "from 1 to 100,000");
        Require(BackfillPatience >= TimeSpan.FromSeconds(1), nameof(BackfillPatience), "a second or more");
        Require(VerifyEvery is null || VerifyEvery >= TimeSpan.FromSeconds(1), nameof(VerifyEvery), "a second or more, or null");
        Require(CountEvery is null || CountEvery >= TimeSpan.FromSeconds(1), nameof(CountEvery), "a second or more, or null");
        Require(CountThreshold >= 0, nameof(CountThreshold), "0 or more");
        Require(VerificationRetention >= TimeSpan.FromHours(1), nameof(VerificationRetention), "an hour or more");
        Require(ConflictRetention >= TimeSpan.FromHours(1), nameof(ConflictRetention), "an hour or more");
        Require(MaxLag > TimeSpan.Zero, nameof(MaxLag), "more than zero");
        Require(MaxAge > TimeSpan.Zero, nameof(MaxAge), "more than zero");
        Require(MaxTransactionAge > TimeSpan.Zero, nameof(MaxTransactionAge), "more than zero");
        Require(AlertRepeat >= TimeSpan.FromSeconds(1), nameof(AlertRepeat), "a second or more");
        Require(MaxPause > TimeSpan.Zero, nameof(MaxPause), "more than zero");
        Require(Nearest is null || Enum.IsDefined(Nearest.Value), nameof(Nearest), "Neon, Supabase, or null");
        Require(MaxPending >= 1, nameof(MaxPending), "1 or more");
        foreach (var database in new[] { Database.Neon, Database.Supabase })
        {
            Require(Enum.IsDefined(SourceOf(database).Source), $"{database}.{nameof(SyncSourceOptions.Source)}", "Polling or LogicalDecoding");
            Require(SourceOf(database).MaxRetainedWal >= 1L << 20, $"{database}.{nameof(SyncSourceOptions.MaxRetainedWal)}", "1 MiB or more");
        }
    }

    private static void Require(bool holds, string option, string bounds)
    {
        if (!holds)
        {
            throw new DualDbConfigurationException($"SyncOptions.{option} is out of bounds: it takes {bounds}.");
        }
    }
}
