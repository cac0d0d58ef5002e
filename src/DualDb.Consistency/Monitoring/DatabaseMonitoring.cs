using DualDb.Consistency.Monitoring.Alerts;
using DualDb.Consistency.Monitoring.Alerts.Sharing;
using DualDb.Consistency.Monitoring.Kpis;
using DualDb.Consistency.Monitoring.Measuring;
using DualDb.Consistency.Monitoring.Rollups;
using DualDb.Consistency.Operators;
using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync;

namespace DualDb.Consistency.Monitoring;

/// <summary>What is measured of a root's databases: figures over sliding windows, of all nodes of the application. Registered by <c>AddDualDbMonitoring</c>.</summary>
public sealed class DatabaseMonitoring
{
    private readonly KpiReading _reading;
    private ConnectionBudget? _budget;

    internal DatabaseMonitoring(IDualDatabase root, MonitoringOptions options, string application)
    {
        options.Check();
        (Root, Options) = (root, options);
        Time = root.Neon.Clock;
        Home = options.Home == Database.Neon ? root.Neon : root.Supabase;
        Application = application;
        Store = new RollupStore(Home, application);
        Folding = new RollupFolding(Home, application);
        Alerts = new DatabaseAlerts(new AlertStore(Home, application), options.Alerts);
        Audit = new OperatorAudit(root, options.Home, application);
        Clock = new MonitoringClock(Time);
        Own = new OwnFigures(Clock.Now);
        Measurement = new CallMeasurement(application, Time, Own, options.RepeatedReads);
        Cache = new CacheMeasurement(root.Cache);
        _reading = new KpiReading(Own, Store, Clock, options.Targets, Time);
    }

    /// <summary>Measures from now on what this node does.</summary>
    internal void Observe(DatabaseSync? sync)
    {
        Root.Neon.Observer = Measurement;
        Root.Supabase.Observer = Measurement;
        if (sync is not null)
        {
            sync.Activity.Observer = new SyncMeasurement(Own);
        }
    }

    /// <summary>The alerts.</summary>
    public DatabaseAlerts Alerts { get; }

    /// <summary>What operators did.</summary>
    public OperatorAudit Audit { get; }

    /// <summary>Whose figures these are: those of other applications in the same databases stay apart.</summary>
    public string Application { get; }

    internal IDualDatabase Root { get; }

    /// <summary>What is told of just now, as far as this node knows: of all nodes where it evaluates.</summary>
    internal AlertWatch? Watch { get; set; }

    internal MonitoringOptions Options { get; }

    internal TimeProvider Time { get; }

    internal PostgresDatabase Home { get; }

    internal RollupStore Store { get; }

    internal RollupFolding Folding { get; }

    internal MonitoringClock Clock { get; }

    internal OwnFigures Own { get; }

    internal CallMeasurement Measurement { get; }

    internal CacheMeasurement Cache { get; }

    /// <summary>How much of the connections is in use.</summary>
    internal ConnectionBudget Budget => LazyInitializer.EnsureInitialized(ref _budget, static () => new ConnectionBudget());

    /// <summary>Listens to Npgsql no longer.</summary>
    internal void End() => _budget?.Dispose();

    /// <summary>Installs what it keeps figures and the audit in, in the home database's schema <c>dualdb</c>, and what it shares alerts through, in both. Where it is there, nothing is written.</summary>
    /// <param name="cancellationToken">Cancels the work; nothing is installed then.</param>
    /// <exception cref="DualDbConfigurationException">The login role may not create it.</exception>
    public async Task InstallAsync(CancellationToken cancellationToken = default)
    {
        await SchemaInstallation.InstallAsync(Home, RollupSchema.Module, cancellationToken).ConfigureAwait(false);
        await Audit.InstallAsync(cancellationToken).ConfigureAwait(false);
        foreach (var database in new PostgresDatabase[] { Root.Neon, Root.Supabase })
        {
            await SchemaInstallation.InstallAsync(database, AlertSchema.Module, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The figures over a window, of all nodes. However many ask, the home database is asked once in a while; where it is away, what is known is told.</summary>
    /// <param name="window">The window.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public Task<KpiReport> KpisAsync(KpiWindow window, CancellationToken cancellationToken = default) => _reading.ReadAsync(window, cancellationToken);

    /// <summary>The statements that took this node the most time in all, within the last half to whole hour, or since a thousand others came in between.</summary>
    /// <param name="limit">How many at most, 50 at first.</param>
    public IReadOnlyList<StatementFigures> SlowestStatements(int limit = 50) => Measurement.Statements.List(limit);

    /// <summary>What this node has met of reads in a loop.</summary>
    public IReadOnlyList<RepeatedReads> RepeatedReads() => Measurement.Loops.List();

    /// <summary>Whether a database answers, by this node's last calls and probes; null where nothing was asked of it yet.</summary>
    /// <param name="database">The database.</param>
    public bool? IsUp(Database database) => Measurement.Of(database).IsUp;
}
