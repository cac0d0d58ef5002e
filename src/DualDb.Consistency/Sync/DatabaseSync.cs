using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Applying;
using DualDb.Consistency.Sync.Backfill;
using DualDb.Consistency.Sync.Running;
using DualDb.Consistency.Sync.Schema;
using DualDb.Consistency.Sync.Verification;
using DualDb.Diagnostics;

namespace DualDb.Consistency.Sync;

/// <summary>The synchronisation between the two databases of a root: <c>db.Sync</c>.</summary>
public sealed partial class DatabaseSync
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

    /// <summary>What the root is called.</summary>
    internal string Root => _root.GetType().Name;

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
