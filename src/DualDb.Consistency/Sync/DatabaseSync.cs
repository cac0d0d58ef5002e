using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Applying;
using DualDb.Consistency.Sync.Running;
using DualDb.Consistency.Sync.Schema;

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
    }

    /// <summary>The maps of the project.</summary>
    internal SyncRegistry Registry { get; }

    /// <summary>When anything was carried.</summary>
    internal SyncActivity Activity { get; }

    /// <summary>The options; set by the container, or the defaults.</summary>
    internal SyncOptions Options { get; set; } = new();

    /// <summary>
    /// Installs what it needs in both databases, and begins to follow their logs: what is committed from then on is carried. Call it after <c>CreateTablesAsync</c>: the tables of entities have to be there; those that <see cref="SyncAttribute"/> names
    /// are created here. Where all is installed, nothing is written.
    /// </summary>
    /// <param name="cancellationToken">Cancels the work; it can be called again.</param>
    /// <exception cref="SchemaVersionException">A database holds a newer version than this library knows.</exception>
    /// <exception cref="DualDbConfigurationException">A login role may not create the tables.</exception>
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
        var snapshot = await DatabaseCall.RunAsync(
            Of(source),
            "Taking a token of the synchronisation",
            [DatabaseCall.Command("select pg_current_snapshot()::text")],
            static async (reader, token) => await reader.ReadAsync(token).ConfigureAwait(false) ? reader.GetString(0) : throw new InvalidOperationException("No snapshot."),
            cancellationToken).ConfigureAwait(false);
        return new SyncToken(source, snapshot);
    }

    /// <summary>Waits until the other database has all that was committed before a token was taken: reading your writes across databases.</summary>
    /// <param name="token">What <see cref="TokenAsync"/> gave.</param>
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

    internal static Database Other(Database database) => database == Database.Neon ? Database.Supabase : Database.Neon;

    internal PostgresDatabase Of(Database database) => Require(database == Database.Neon ? _root.Neon : _root.Supabase);

    private static PostgresDatabase Require(PostgresDatabase database)
        => database.Rest is null
            ? database
            : throw new NotSupportedException($"The synchronisation needs SQL, and {database.Kind} is reached over REST. Set {database.Kind}.ConnectionString.");
}
