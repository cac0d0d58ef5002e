using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using DualDb.Consistency.Sync.Applying;
using DualDb.Diagnostics;

namespace DualDb.Consistency.Sync.Running;

/// <summary>The meter <c>DualDb.Sync</c>.</summary>
internal static class SyncMeter
{
    public const string Name = SyncTelemetry.MeterName;

    private static readonly Meter Meter = new(Name);
    private static readonly ConcurrentDictionary<FlowState, bool> Watched = [];
    private static readonly Histogram<double> Lag = Meter.CreateHistogram<double>("sync.lag", "s", "From a change to its being applied on the other side, by both databases' clocks.", tags: null, DurationBuckets.Ways);
    private static readonly Counter<long> AppliedRows = Meter.CreateCounter<long>("sync.applied", "{row}", "Rows that were applied.");
    private static readonly Counter<long> Conflicts = Meter.CreateCounter<long>("sync.conflicts", "{conflict}", "Conflicts, by policy and winner.");

    private static readonly Counter<long> Wakes = Meter.CreateCounter<long>("sync.wake", "{wake}", "How often a direction that was waiting looked at its log again, by what ended the waiting.");
    private static readonly Counter<long> RowsChecked = Meter.CreateCounter<long>("consistency.rows_checked", "{row}", "Rows that were compared.");
    private static readonly Counter<long> Mismatches = Meter.CreateCounter<long>("consistency.mismatches", "{row}", "Rows that differed when all had arrived, by map and kind.");
    private static readonly Counter<long> RepairedRows = Meter.CreateCounter<long>("consistency.repaired", "{row}", "Rows that were said anew to repair the other side, by map and action.");
    private static readonly ConcurrentDictionary<DatabaseSync, Func<double>> Successes = [];

    static SyncMeter()
    {
        Meter.CreateObservableGauge(
            "consistency.last_success_age", static () => Successes.Select(static success => new Measurement<double>(success.Value(), Tag("root", success.Key.Root))), "s", "How long ago all maps and references of a root were last found equal on both sides, without orphans.");
        Observe("sync.parked_keys", "{change}", "Changes that are put aside.", static state => state.Parked);
        Observe("sync.pending", "{change}", "Changes that are not applied yet.", static state => state.Pending);
        Observe("sync.oldest_age", "s", "How long the oldest of them waits.", static state => state.OldestAge.TotalSeconds);
        Observe("sync.horizon_stall", "s", "How long the oldest transaction writes that has not ended.", static state => state.OldestWriter.TotalSeconds);
        Observe("sync.retained_wal", "By", "How much write-ahead log the replication slot holds back through which changes are decoded.", static state => state.RetainedWal);
        Observe("sync.listener_connected", unit: null, "Whether changes arrive by themselves, and are not found by polling alone.", static state => state.IsListening ? 1 : 0);
        Observe("sync.stopped", "{direction}", "Whether the direction is stopped.", static state => state.Stopped is null ? 0 : 1);
    }

    public static void Watch(FlowState state) => Watched.TryAdd(state, true);

    public static void Woken(FlowState state, WakeCause cause)
        => Wakes.Add(1, Tag("source", state.Source.ToString()), Tag("part", state.Part), Tag("cause", cause switch { WakeCause.Signal => "signal", WakeCause.Notify => "notify", _ => "poll" }));

    public static void Forget(FlowState state) => Watched.TryRemove(state, out _);

    public static void Applied(AppliedPage page, IReadOnlyList<RowChange> changes, DateTimeOffset now)
    {
        foreach (var change in changes)
        {
            Lag.Record(Math.Max(0, (now - change.RecordedAt).TotalSeconds), Tag("direction", Direction(change.Route)), Tag("map", change.Route.Map.Name));
        }

        foreach (var rows in page.Rows.GroupBy(static row => row.Route))
        {
            AppliedRows.Add(rows.Count(), Tag("direction", Direction(rows.Key)), Tag("map", rows.Key.Map.Name));
        }

        foreach (var (map, winner) in page.Conflicts)
        {
            Conflicts.Add(1, Tag("map", map.Name), Tag("policy", map.OnConflict.ToString()), Tag("winner", winner.ToString()));
        }
    }

    /// <summary>Tells of what has not happened yet: where a counter appears with its first event, nobody sees it rise.</summary>
    public static void Begin(SyncRegistry registry)
    {
        foreach (var (map, kind) in registry.Maps.SelectMany(static map => Enum.GetNames<Verification.DifferenceKind>().Select(kind => (map.Name, kind))).Concat(registry.References.Select(static reference => (reference.Name, "Orphan"))))
        {
            Mismatches.Add(0, Tag("map", map), Tag("kind", kind));
        }
    }

    /// <summary>Tells no more of a root that has ended here.</summary>
    public static void End(DatabaseSync sync) => Successes.TryRemove(sync, out _);

    public static void Verified(DatabaseSync sync, Verification.VerificationReport report, long now, TimeProvider clock)
    {
        foreach (var map in report.Maps)
        {
            RowsChecked.Add(map.SourceRows, Tag("map", map.Map));
            foreach (var kind in map.Differences.GroupBy(static difference => difference.Kind))
            {
                Mismatches.Add(kind.Count(), Tag("map", map.Map), Tag("kind", kind.Key.ToString()));
            }
        }

        foreach (var reference in report.References.Where(static reference => reference.Orphans.Count > 0))
        {
            Mismatches.Add(reference.Orphans.Count, Tag("map", reference.Reference), Tag("kind", "Orphan"));
        }

        // One of a few maps says nothing of the others.
        if (report.IsConsistent && Covers(report, sync.Registry))
        {
            Successes[sync] = () => clock.GetElapsedTime(now).TotalSeconds;
        }
    }

    private static bool Covers(Verification.VerificationReport report, SyncRegistry registry)
        => registry.Maps.All(map => report.Maps.Any(compared => string.Equals(compared.Map, map.Name, StringComparison.Ordinal)))
            && registry.References.All(reference => report.References.Any(compared => !compared.IsPartial && string.Equals(compared.Reference, reference.Name, StringComparison.Ordinal)));

    public static void Repaired(string map, string action, int rows) => RepairedRows.Add(rows, Tag("map", map), Tag("action", action));

    private static void Observe(string name, string? unit, string description, Func<FlowState, double> value)
        => Meter.CreateObservableGauge(name, () => Watched.Keys.Where(static state => state.IsHeld).Select(state => new Measurement<double>(value(state), Tag("source", state.Source.ToString()), Tag("part", state.Part))), unit, description);

    private static string Direction(Route route) => $"{route.From.Database}->{route.To.Database}";

    private static KeyValuePair<string, object?> Tag(string name, object value) => new(name, value);
}
