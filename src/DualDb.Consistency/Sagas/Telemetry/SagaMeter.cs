using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using DualDb.Consistency.Sagas.Journal;
using DualDb.Consistency.Sagas.Recovery;
using DualDb.Consistency.Sagas.Running;
using DualDb.Diagnostics;

namespace DualDb.Consistency.Sagas.Telemetry;

/// <summary>The instruments of the meter <c>DualDb.Sagas</c>; one set for the process, each measurement tagged with the saga.</summary>
internal static class SagaMeter
{
    private static readonly Meter Meter = new(SagaTelemetry.MeterName);

    private static readonly ConcurrentDictionary<SagaEngine, SagaOutlook> Outlooks = [];

    public static readonly UpDownCounter<long> Active = Meter.CreateUpDownCounter<long>("saga.active", "{saga}", "Instances that run on this node.");

    public static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("saga.duration", "s", "How long one run of an instance on this node took.", tags: null, DurationBuckets.Runs);

    public static readonly Histogram<double> StepDuration = Meter.CreateHistogram<double>("saga.step.duration", "s", "How long an attempt at a step or a compensation took.", tags: null, DurationBuckets.Calls);

    public static readonly Counter<long> Compensations = Meter.CreateCounter<long>("saga.compensations", "{saga}", "Instances that turned around.");

    public static readonly Counter<long> CompensationFailed = Meter.CreateCounter<long>("saga.compensation_failed", "{saga}", "Instances of which a compensation was given up.");

    public static readonly Counter<long> Parked = Meter.CreateCounter<long>("saga.parked", "{saga}", "Instances that cannot go on by themselves.");

    public static readonly Counter<long> Takeovers = Meter.CreateCounter<long>("saga.lease_takeovers", "{saga}", "Instances that were taken over from a node that was lost.");

    public static readonly ObservableGauge<long> Stuck = Meter.CreateObservableGauge(
        "saga.stuck", static () => Outlooks.Select(static pair => new Measurement<long>(pair.Value.Stuck)), "{saga}", "Instances that wait for an operator or are beyond their deadline, as this node last saw.");

    public static TagList TagsOf(SagaDefinition definition) => new() { { "saga", definition.Name } };

    /// <summary>Tells of what has not happened yet: where a counter appears with its first event, nobody sees it rise.</summary>
    public static void Begin(IEnumerable<SagaDefinition> definitions)
    {
        foreach (var definition in definitions)
        {
            foreach (var counter in new[] { Compensations, CompensationFailed, Parked, Takeovers })
            {
                counter.Add(0, TagsOf(definition));
            }
        }
    }

    public static void Attempted(SagaInstance instance, TimelineEntry entry, TimeProvider time)
        => StepDuration.Record(
            time.GetElapsedTime(entry.Started, entry.Ended!.Value).TotalSeconds,
            new TagList { { "saga", instance.Definition.Name }, { "step", entry.Work.Step.Name }, { "kind", entry.Work.Kind }, { "outcome", entry.State } });

    public static void Stopped(SagaDefinition definition, SagaState state)
        => (state == SagaState.Parked ? Parked : CompensationFailed).Add(1, TagsOf(definition));

    public static void Saw(SagaEngine engine, SagaOutlook outlook) => Outlooks[engine] = outlook;

    public static void Forget(SagaEngine engine) => Outlooks.TryRemove(engine, out _);
}
