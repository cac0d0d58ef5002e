using System.Collections;

namespace DualDb.Consistency.Monitoring;

/// <summary>The rules of a root's alerts, by name: <c>options.Alerts.Rules[AlertRules.DatabaseDown].For = TimeSpan.FromSeconds(30)</c>.</summary>
public sealed class AlertRules : IReadOnlyCollection<AlertRule>
{
    /// <summary>A database does not answer.</summary>
    public const string DatabaseDown = "database-down";

    /// <summary>A direction of the synchronisation is stopped: a database was restored, or a log was cut.</summary>
    public const string SyncStopped = "sync-stopped";

    /// <summary>Changes cannot be carried just now.</summary>
    public const string SyncFailing = "sync-failing";

    /// <summary>More than one in a hundred of the last minute's changes took too long.</summary>
    public const string SyncLag = "sync-lag";

    /// <summary>The oldest change waits for more than 10 seconds.</summary>
    public const string ChangesWait = "changes-wait";

    /// <summary>A transaction writes for more than 30 seconds; its changes wait for its end.</summary>
    public const string HorizonStalled = "horizon-stalled";

    /// <summary>Rows are put aside.</summary>
    public const string RowsParked = "rows-parked";

    /// <summary>Conflicts wait for a decision.</summary>
    public const string ConflictsOpen = "conflicts-open";

    /// <summary>A trigger that captures changes is missing or disabled.</summary>
    public const string CaptureMissing = "capture-missing";

    /// <summary>More changes wait than the log is meant to hold.</summary>
    public const string LogTooLong = "log-too-long";

    /// <summary>A log still holds changes that its retention should have removed hours ago.</summary>
    public const string LogOutgrown = "log-outgrown";

    /// <summary>A replication slot holds back too much, or lost what it held.</summary>
    public const string SlotAtRisk = "slot-at-risk";

    /// <summary>A node lacks maps that are recorded, or rows from before a map wait for a backfill.</summary>
    public const string MapsWait = "maps-wait";

    /// <summary>Rows differ, refer to nothing, or are not as many on both sides.</summary>
    public const string RowsDiffer = "rows-differ";

    /// <summary>Both sides were not compared for twice as long as they should be.</summary>
    public const string VerificationOverdue = "verification-overdue";

    /// <summary>Deliveries of events were given up.</summary>
    public const string DeadLetters = "dead-letters";

    /// <summary>The oldest event waits for more than a minute.</summary>
    public const string EventsWait = "events-wait";

    /// <summary>Notifications of other processes do not arrive; events are found by polling alone.</summary>
    public const string ListenerDown = "listener-down";

    /// <summary>A compensation was given up.</summary>
    public const string CompensationFailed = "compensation-failed";

    /// <summary>Sagas are beyond their deadline.</summary>
    public const string SagasOverdue = "sagas-overdue";

    /// <summary>Sagas are parked.</summary>
    public const string SagasParked = "sagas-parked";

    /// <summary>This node has taken over more than 10 sagas within 5 minutes from nodes that were lost.</summary>
    public const string SagasTakenOver = "sagas-taken-over";

    /// <summary>A run of migrations broke off: it has applied some to one database, and others of its plan wait in the other.</summary>
    public const string MigrationHalfApplied = "migration-half-applied";

    /// <summary>More than 80 % of the connections that a node may hold are in use.</summary>
    public const string ConnectionsScarce = "connections-scarce";

    private static readonly TimeSpan Instantly = TimeSpan.Zero;
    private static readonly TimeSpan Shortly = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, AlertRule> _rules = new AlertRule[]
    {
        new(DatabaseDown, "A database does not answer.", AlertSeverity.Page, Shortly),
        new(SyncStopped, "A direction of the synchronisation is stopped.", AlertSeverity.Page, Instantly),
        new(SyncFailing, "Changes cannot be carried just now.", AlertSeverity.Warning, Minute),
        new(SyncLag, "More than one in a hundred of the last minute's changes took too long.", AlertSeverity.Warning, Instantly),
        new(ChangesWait, "The oldest change waits for more than 10 seconds.", AlertSeverity.Warning, Instantly),
        new(HorizonStalled, "A transaction has been writing for more than 30 seconds.", AlertSeverity.Warning, Instantly),
        new(RowsParked, "Rows are put aside.", AlertSeverity.Warning, FiveMinutes),
        new(ConflictsOpen, "Conflicts wait for a decision.", AlertSeverity.Warning, FiveMinutes),
        new(CaptureMissing, "A trigger that captures changes is missing or disabled.", AlertSeverity.Page, Instantly),
        new(LogTooLong, "More changes wait than the log is meant to hold.", AlertSeverity.Warning, Instantly),
        new(LogOutgrown, "A log still holds changes that its retention should have removed hours ago: it grows.", AlertSeverity.Warning, FiveMinutes),
        new(SlotAtRisk, "A replication slot holds back too much, or lost what it held.", AlertSeverity.Warning, Instantly),
        new(MapsWait, "A node lacks maps, rows wait for a backfill, or a map is paused for long.", AlertSeverity.Warning, FiveMinutes),
        new(RowsDiffer, "Rows differ, refer to nothing, or are not as many on both sides.", AlertSeverity.Warning, Instantly),
        new(VerificationOverdue, "Both sides were not compared for twice as long as they should be.", AlertSeverity.Warning, Instantly),
        new(DeadLetters, "Deliveries of events were given up.", AlertSeverity.Warning, Instantly),
        new(EventsWait, "The oldest event waits for more than a minute.", AlertSeverity.Warning, Instantly),
        new(ListenerDown, "Notifications of other processes do not arrive.", AlertSeverity.Warning, Minute),
        new(CompensationFailed, "A compensation was given up.", AlertSeverity.Page, Instantly),
        new(SagasOverdue, "Sagas are beyond their deadline.", AlertSeverity.Warning, Instantly),
        new(SagasParked, "Sagas are parked.", AlertSeverity.Warning, FiveMinutes),
        new(SagasTakenOver, "More than 10 sagas were taken over within 5 minutes from nodes that were lost.", AlertSeverity.Warning, Instantly),
        new(MigrationHalfApplied, "A run of migrations broke off between the databases.", AlertSeverity.Warning, FiveMinutes),
        new(ConnectionsScarce, "More than 80 % of the connections that a node may hold are in use.", AlertSeverity.Warning, Minute),
    }.ToDictionary(static rule => rule.Id, StringComparer.Ordinal);

    /// <inheritdoc/>
    public int Count => _rules.Count;

    /// <summary>A rule.</summary>
    /// <param name="id">Its name.</param>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public AlertRule this[string id]
        => Find(id) ?? throw new KeyNotFoundException($"There is no alert rule \"{id}\". There are: {string.Join(", ", _rules.Keys)}. Add one of your own with Rules.Add.");

    /// <summary>Adds a rule for what an <see cref="IAlertSource"/> of your own tells.</summary>
    /// <param name="rule">The rule.</param>
    /// <exception cref="ArgumentException">There is one of that name.</exception>
    public void Add(AlertRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (!_rules.TryAdd(rule.Id, rule))
        {
            throw new ArgumentException($"There is an alert rule \"{rule.Id}\" already.", nameof(rule));
        }
    }

    /// <inheritdoc/>
    public IEnumerator<AlertRule> GetEnumerator() => _rules.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal AlertRule? Find(string id) => _rules.GetValueOrDefault(id);
}
