using DualDb.Benchmarks.Experiments;

namespace DualDb.Benchmarks.Scorecard;

/// <summary>The experiments, in the order in which they run.</summary>
internal static class Contents
{
    public static IReadOnlyList<IExperiment> Experiments { get; } =
    [
        // First, while the process has not grown yet: growth that happened earlier would hide growth.
        new Streaming(),
        new FindByKey(),
        new ThousandRows(),
        new Predicates(),
        new TwentyKeys(),
        new ThousandInserts(),
        new HundredThousandInserts(),
        new ViewOfOne(),
        new ViewOfHundred(),
        new ViewOfThreeLevels(),
        new CacheHits(),
        new CacheMisses(),
        new CacheManyKeys(),
        new CachePropagation(),
        new CachePayloads(),
        new RowsOverRest(),
        new ViewOverRest(),
        new OutboxWrites(),
        new OutboxRate(),
        new OutboxLatency(),
        new SagaOverhead(),
        new SyncCapture(),
        new SyncRate(),
        new SyncLag(),
        new VerificationScan(),
        new MigrationCheck(),
        new MonitoringOverhead(),
        new DashboardViewers(),
        new GeneratorShare(),
    ];
}
