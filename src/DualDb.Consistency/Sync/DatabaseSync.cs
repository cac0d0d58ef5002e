using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Applying;
using DualDb.Consistency.Sync.Backfill;
using DualDb.Consistency.Sync.Decoding;
using DualDb.Consistency.Sync.Operating;
using DualDb.Consistency.Sync.Pausing;
using DualDb.Consistency.Sync.Recording;
using DualDb.Consistency.Sync.Running;
using DualDb.Consistency.Sync.Schema;
using DualDb.Consistency.Sync.Verification;
using DualDb.Diagnostics;

namespace DualDb.Consistency.Sync;

/// <summary>The synchronisation between the two databases of a root: <c>db.Sync</c>.</summary>
public sealed class DatabaseSync
{
    private readonly IDualDatabase _root;

    /// <summary>Creates it; generated code does.</summary>
    /// <param name="root">The root.</param>
    /// <param name="registry">The maps of the project.</param>
    public DatabaseSync(IDualDatabase root, SyncRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(registry);
        _root = root;
        Registry = registry;
        Activity = new SyncActivity(root.Neon.Clock);
        Conflicts = new SyncConflicts(this);
        Verifications = new SyncVerifications(this);
        Options = SyncOptions.Of(root);
        foreach (var database in new[] { (PostgresDatabase)root.Neon, root.Supabase })
        {
            TraceContext.Trace(
                database,
                registry.Maps.SelectMany(static map => map.Direction == SyncDirection.TwoWay ? new[] { map.Source, map.Target } : [map.Source])
                    .Where(table => table.Database == database.Kind).Select(static table => (table.Schema, table.Table)));
        }
    }

    /// <summary>The conflicts that were decided, and those that wait for somebody to.</summary>
    public SyncConflicts Conflicts { get; }

    /// <summary>Comparisons that are kept, what they found, and the repair of that.</summary>
    public SyncVerifications Verifications { get; }

    /// <summary>Who is told when something is the matter: a direction that is stopped, rows put aside, differences, a trigger that is missing. Nodes that carry changes raise alerts.</summary>
    public SyncAlerts Alerts { get; } = new();

    /// <summary>The maps of the project.</summary>
    internal SyncRegistry Registry { get; }

    /// <summary>The clock of the root.</summary>
    internal TimeProvider Clock => _root.Neon.Clock;

    /// <summary>When anything was carried.</summary>
    internal SyncActivity Activity { get; }

    /// <summary>The options; set by the container, or the defaults.</summary>
    internal SyncOptions Options { get; }

    /// <summary>
    /// Installs what it needs in both databases, and begins to follow their logs: what is committed from then on is carried. Call it after <c>CreateTablesAsync</c>: the tables of entities have to be there; those that <see cref="SyncAttribute"/> names
    /// are created here. Where all is installed, nothing is written; nor where a later version of the application has recorded maps, or forms of them, that this one does not know.
    /// </summary>
    /// <param name="cancellationToken">Cancels the work; it can be called again.</param>
    /// <exception cref="SchemaVersionException">A database holds a newer version than this library knows.</exception>
    /// <exception cref="DualDbConfigurationException">A login role may not create the tables; a database is to be decoded and cannot be; or another application has recorded maps that this one does not know, and this one has others.</exception>
    /// <exception cref="NotSupportedException">A database is reached over REST.</exception>
    public async Task InstallAsync(CancellationToken cancellationToken = default)
    {
        PostgresDatabase[] databases = [Require(_root.Neon), Require(_root.Supabase)];
        foreach (var database in databases)
        {
            await TargetTables.CreateAsync(database, Registry, cancellationToken).ConfigureAwait(false);
        }

        await new SyncInstallation(_root, Registry, Options).InstallAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The point that a database has reached: all that was committed there until now. Take it after a write, and wait for it before the other side is read.</summary>
    /// <param name="source">The database that was written.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<SyncToken> TokenAsync(Database source, CancellationToken cancellationToken = default)
    {
        Activity.Raise();
        var snapshot = await DatabaseCall.AskAsync(
            Of(source),
            "Taking a token of the synchronisation",
            [DatabaseCall.Command("select pg_current_snapshot()::text")],
            static async (reader, token) => await reader.ReadAsync(token).ConfigureAwait(false) ? reader.GetString(0) : throw new InvalidOperationException("No snapshot."),
            cancellationToken).ConfigureAwait(false);
        return new SyncToken(source, snapshot);
    }

    /// <summary>Waits until the other database has all that was committed before a token was taken: reading your writes across databases.</summary>
    /// <param name="token">What a transaction gave as its <c>SyncToken</c>, or <see cref="TokenAsync"/>.</param>
    /// <param name="timeout">How long at most.</param>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    /// <exception cref="SyncTimeoutException">It does not have all within that time.</exception>
    public Task WaitForSyncAsync(SyncToken token, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        Activity.Raise();
        return new SyncWait(Of(token.Source), Of(Other(token.Source)), Route.LeadingFrom(token.Source, Registry.Maps)).RunAsync(token, timeout, cancellationToken);
    }

    /// <summary>Waits until the other database has all that is committed in one now: reading your writes across databases where there was no transaction to take a token from.</summary>
    /// <param name="source">The database that was written.</param>
    /// <param name="timeout">How long at most.</param>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    /// <returns>What was waited for, such as for the header of an answer.</returns>
    /// <exception cref="SyncTimeoutException">It does not have all within that time.</exception>
    public async Task<SyncToken> WaitForSyncAsync(Database source, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        var token = await TokenAsync(source, cancellationToken).ConfigureAwait(false);
        await WaitForSyncAsync(token, timeout, cancellationToken).ConfigureAwait(false);
        return token;
    }

    /// <summary>
    /// Copies the rows that were there before the synchronisation, while writes go on. It goes on where an interrupted one ended; one that is finished begins anew. Of a two-way map, the source's rows
    /// come first, then the target's that the source does not have. A node has to run.
    /// </summary>
    /// <param name="map">The map's name; null for all.</param>
    /// <param name="progress">Is told after each chunk; null for nobody.</param>
    /// <param name="cancellationToken">Stops after the chunk that is being copied.</param>
    /// <exception cref="SyncTimeoutException">The other side does not take over what is copied: no node runs, or the direction is stopped.</exception>
    public async Task BackfillAsync(string? map = null, IProgress<BackfillProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        foreach (var found in Named(map))
        {
            foreach (var route in Route.Of(found))
            {
                await new SyncBackfill(Of(route.From.Database), Of(route.To.Database), route, Options).RunAsync(progress, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>How each direction stands: what waits, what is put aside, and whether anybody carries it.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<IReadOnlyList<SyncStatus>> StatusAsync(CancellationToken cancellationToken = default) => new SyncOperations(this).StatusAsync(cancellationToken);

    /// <summary>How each map stands: what waits, what is put aside, which conflicts are open, and whether its rows from before have been copied.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<IReadOnlyList<SyncMapStatus>> MapsAsync(CancellationToken cancellationToken = default) => new MapStatuses(this).ReadAsync(cancellationToken);

    /// <summary>The changes that were put aside, in the order in which they were made. They are tried again by themselves, ever later.</summary>
    /// <param name="map">The map; null for all.</param>
    /// <param name="limit">How many of each direction at most, 1 to 1,000.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<IReadOnlyList<ParkedChange>> ParkedAsync(string? map = null, int limit = 100, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        return new SyncOperations(this).ParkedAsync(map, limit, cancellationToken);
    }

    /// <summary>Has what is put aside tried again at once, by the node that carries it.</summary>
    /// <param name="map">The map; null for all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How many changes.</returns>
    public Task<long> RetryParkedAsync(string? map = null, CancellationToken cancellationToken = default) => new SyncOperations(this).RetryAsync(map, cancellationToken);

    /// <summary>Has a change that was put aside tried again at once, with those of its row that stand before it.</summary>
    /// <param name="change">The change.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether it was still put aside.</returns>
    public Task<bool> RetryParkedAsync(ParkedChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return new ParkedChanges(this).RetryAsync(change, cancellationToken);
    }

    /// <summary>Finds a change that was put aside; null where it is no more.</summary>
    /// <param name="source">Whose change.</param>
    /// <param name="id">Its number.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<ParkedChange?> FindParkedAsync(Database source, long id, CancellationToken cancellationToken = default) => new ParkedChanges(this).FindAsync(source, id, cancellationToken);

    /// <summary>Gives up a change that was put aside. The row differs then, until another change of it, or a repair.</summary>
    /// <param name="change">The change.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether it was still put aside.</returns>
    public Task<bool> DiscardParkedAsync(ParkedChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return new SyncOperations(this).DiscardAsync(change, cancellationToken);
    }

    /// <summary>
    /// Has a direction that was stopped go on from the present: after a database was restored, or a table truncated. What was missed is not carried; call <see cref="VerifyAsync"/> and
    /// <see cref="RepairAsync"/> afterwards. One that stopped since its replication slot was gone goes on where it was, and its slot is made anew.
    /// </summary>
    /// <param name="source">Whose changes.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task ResumeAsync(Database source, CancellationToken cancellationToken = default) => new SyncOperations(this).ResumeAsync(source, cancellationToken);

    /// <summary>
    /// Has the changes of a map wait, both ways, while those of all others are carried: for work on its tables. When this returns, nothing of it is being applied. Its changes stay in the log, and are carried when it goes on.
    /// Calling it again changes what was said.
    /// </summary>
    /// <param name="map">The map's name.</param>
    /// <param name="reason">Why, for whoever finds it paused.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="lasting">After what time it goes on by itself; null for when <see cref="ResumeAsync(string, string, CancellationToken)"/> is called.</param>
    /// <param name="cancellationToken">Cancels the call; it can be called again.</param>
    /// <exception cref="ArgumentException">There is no such map.</exception>
    public Task PauseAsync(string map, string reason, string actor, TimeSpan? lasting = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(map);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        ArgumentException.ThrowIfNullOrWhiteSpace(actor);
        if (lasting is { } time)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero, nameof(lasting));
        }

        return new PauseOperations(this).PauseAsync(Named(map).Single(), reason, actor, lasting, cancellationToken);
    }

    /// <summary>Has a map go on that was paused by <see cref="PauseAsync"/>. What a migration pauses goes on when that is done, or when it has died.</summary>
    /// <param name="map">The map's name.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellationToken">Cancels the call; it can be called again.</param>
    /// <returns>Whether it was paused.</returns>
    /// <exception cref="ArgumentException">There is no such map.</exception>
    public Task<bool> ResumeAsync(string map, string actor, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(map);
        ArgumentException.ThrowIfNullOrWhiteSpace(actor);
        return new PauseOperations(this).ResumeAsync(Named(map).Single(), actor, cancellationToken);
    }

    /// <summary>
    /// Ends what is kept for a map that was removed from the model: until then, nodes without it leave its direction alone. Call it before <see cref="InstallAsync"/>, when no node runs any more that has
    /// the map: one that is started anew would record it anew. What it has put aside is given up, conflicts that wait for a decision too; its rows stay on both sides. Where it was the last map of a direction, the log there is no longer held.
    /// </summary>
    /// <param name="map">The map's name.</param>
    /// <param name="cancellationToken">Cancels the call; it can be called again.</param>
    /// <returns>Whether it was recorded.</returns>
    /// <exception cref="NotSupportedException">A database is reached over REST.</exception>
    public async Task<bool> ForgetAsync(string map, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(map);
        PostgresDatabase neon = Require(_root.Neon), supabase = Require(_root.Supabase);
        var wasRecorded = await new MapForgetting(neon, supabase).RunAsync(map, cancellationToken).ConfigureAwait(false)
            | await new MapForgetting(supabase, neon).RunAsync(map, cancellationToken).ConfigureAwait(false);
        foreach (var (source, target) in new[] { (neon, supabase), (supabase, neon) })
        {
            // Nobody reads from its slots any more, and they would fill the disk.
            if (wasRecorded && (await RecordedMaps.FindAsync(target, source.Kind, cancellationToken).ConfigureAwait(false)).Current.Count == 0)
            {
                await new Slots(source).DropAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        Activity.Raise();
        return wasRecorded;
    }

    /// <summary>
    /// Drops the replication slots through which a database was decoded, and what publishes its change log: when <see cref="SyncSourceOptions.Source"/> was set back to <see cref="SyncSource.Polling"/>, and no node runs any more that has it
    /// otherwise. A slot that nobody reads from fills the disk. No change is lost by that: all are in the log.
    /// </summary>
    /// <param name="source">The database.</param>
    /// <param name="cancellationToken">Cancels the call; it can be called again.</param>
    /// <exception cref="DualDbConfigurationException">A node still reads from a slot; those of others were dropped.</exception>
    /// <exception cref="NotSupportedException">The database is reached over REST.</exception>
    public async Task DropSlotsAsync(Database source, CancellationToken cancellationToken = default)
    {
        if (await new Slots(Of(source)).DropAsync(cancellationToken).ConfigureAwait(false))
        {
            throw new DualDbConfigurationException(
                $"A replication slot of {source} is being read from, and was left. Set SyncOptions.{source}.Source to Polling on all nodes, or stop those that have it otherwise, and call it again.") { Database = source };
        }
    }

    /// <summary>
    /// Compares both sides: hashes of blocks first, then the rows of those that differ, and these once more when changes on their way have arrived. Then it looks for rows that refer to what the other database does not have.
    /// </summary>
    /// <param name="options">What is compared, and how; null for everything.</param>
    /// <param name="cancellationToken">Cancels the comparison.</param>
    public async Task<VerificationReport> VerifyAsync(VerificationOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new VerificationOptions();
        options.Check();
        var clock = _root.Neon.Clock;
        var (startedAt, began) = (clock.GetUtcNow(), clock.GetTimestamp());
        var maps = new List<MapVerification>();
        foreach (var map in Named(options.Map))
        {
            maps.Add(await new Verifier(this, options).RunAsync(map, cancellationToken).ConfigureAwait(false));
        }

        var references = new List<ReferenceVerification>();
        foreach (var reference in options is { Orphans: true, Map: null } ? Registry.References : [])
        {
            references.Add(await new OrphanSearch(this, reference, options).RunAsync(cancellationToken).ConfigureAwait(false));
        }

        var report = new VerificationReport(startedAt, clock.GetElapsedTime(began), maps) { References = references };
        Activity.Observer?.Verified(report);
        return report;
    }

    /// <summary>Counts the rows of both sides: a first look before <see cref="VerifyAsync"/>. Equal counts do not say that the rows are equal.</summary>
    /// <param name="map">The map; null for all.</param>
    /// <param name="cancellationToken">Cancels the counting.</param>
    public async Task<IReadOnlyList<CountComparison>> CompareCountsAsync(string? map = null, CancellationToken cancellationToken = default)
    {
        var counts = new List<CountComparison>();
        foreach (var found in Named(map))
        {
            var source = await TableSide.OpenAsync(Of(found.Source.Database), found, isSource: true, cancellationToken).ConfigureAwait(false);
            var target = await TableSide.OpenAsync(Of(found.Target.Database), found, isSource: false, cancellationToken).ConfigureAwait(false);
            var (left, right) = (new SideReader(source).CountAsync(cancellationToken), new SideReader(target).CountAsync(cancellationToken));
            await Task.WhenAll(left, right).ConfigureAwait(false);
            counts.Add(new CountComparison(found.Name, await left.ConfigureAwait(false), await right.ConfigureAwait(false), Options.CountThreshold));
        }

        return counts;
    }

    /// <summary>Repairs the rows that a comparison found to differ. Repairs are changes like others: they are carried in order, and a row that is written meanwhile is not lost.</summary>
    /// <param name="report">The comparison.</param>
    /// <param name="options">Whose rows are right, and what may be done; null for the source's, and everything.</param>
    /// <param name="cancellationToken">Cancels the work; what was repaired until then stays.</param>
    /// <returns>What was done, by row.</returns>
    /// <exception cref="NotSupportedException">The target's rows are to be right, and a map is one-way. Nothing was repaired.</exception>
    /// <exception cref="SyncTimeoutException">The repairs did not arrive: no node runs, or the direction is stopped.</exception>
    public async Task<IReadOnlyList<RepairAction>> RepairAsync(VerificationReport report, RepairOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(report);
        var found = report.Maps.Where(static map => map.Differences.Count > 0).Select(map => (Map: Named(map.Map).Single(), map.Differences)).ToList();
        var repairer = new Repairer(this, options ?? new RepairOptions());
        foreach (var (map, _) in found)
        {
            repairer.Check(map);
        }

        var actions = new List<RepairAction>();
        foreach (var (map, differences) in found)
        {
            actions.AddRange(await repairer.RunAsync(map, differences, cancellationToken).ConfigureAwait(false));
        }

        return actions;
    }

    internal IEnumerable<SyncMap> Named(string? map)
    {
        var found = Registry.Maps.Where(candidate => map is null || string.Equals(candidate.Name, map, StringComparison.Ordinal)).ToList();
        return map is null || found.Count > 0
            ? found
            : throw new ArgumentException($"There is no map '{map}'. There are: {string.Join(", ", Registry.Maps.Select(static candidate => candidate.Name))}.", nameof(map));
    }

    internal static Database Other(Database database) => database == Database.Neon ? Database.Supabase : Database.Neon;

    internal PostgresDatabase Of(Database database) => Require(database == Database.Neon ? _root.Neon : _root.Supabase);

    private static PostgresDatabase Require(PostgresDatabase database)
        => database.Rest is null
            ? database
            : throw new NotSupportedException($"The synchronisation needs SQL, and {database.Kind} is reached over REST. Set {database.Kind}.ConnectionString.");
}
