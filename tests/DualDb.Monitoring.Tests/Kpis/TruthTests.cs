using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using DualDb.Consistency.Monitoring;
using DualDb.Monitoring.Tests.Places;

namespace DualDb.Monitoring.Tests.Kpis;

/// <summary>Figures against a ledger of the test's own, while lines are cut and slow.</summary>
public sealed class TruthTests(MonitoringServers servers, ITestOutputHelper output)
{
    [Fact]
    public async Task Figures_are_within_one_percent_of_the_ledger_under_slow_lines_and_cuts()
    {
        await using var place = await MonitoredPlace.CreateAsync(servers);
        var node = await place.StartAsync();
        _ = node.Monitoring;
        using var ledger = new CallLedger();
        var outage = new OutageLedger();
        using var stop = new CancellationTokenSource();
        var load = Enumerable.Range(0, 4).Select(_ => Task.Run(() => LoadAsync(node.Db, outage, stop.Token))).ToList();

        foreach (var delay in new[] { 4, 10, 25, 5 })
        {
            place.NeonLine.Delay = TimeSpan.FromMilliseconds(delay);
            var reached = ledger.Count + 150;
            await Eventually.HoldsAsync(() => ledger.Count >= reached, "the load goes on");
        }

        place.NeonLine.RefuseConnections = true;
        outage.Begin();
        await place.NeonLine.CutAsync();
        await Eventually.HoldsAsync(() => outage.Seconds > 4, "the cut lasts");
        place.NeonLine.Calm();
        await Eventually.HoldsAsync(() => outage.IsOver, "the load has recovered");
        var resumed = ledger.Count + 100;
        await Eventually.HoldsAsync(() => ledger.Count >= resumed, "the load goes on");
        await stop.CancelAsync();
        await Task.WhenAll(load);

        var queries = (await node.KpiAsync(KpiKind.QueryTime, "neon"))!;
        var truth = ledger.Durations();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{truth.Length} calls, p50 {queries.P50} of {Of(truth, 0.5)}, p95 {queries.P95} of {Of(truth, 0.95)}, p99 {queries.P99} of {Of(truth, 0.99)}"));
        Assert.Equal(truth.Length, queries.Count);
        AssertPercentile(queries.P50!.Value, truth, 0.5);
        AssertPercentile(queries.P95!.Value, truth, 0.95);
        AssertPercentile(queries.P99!.Value, truth, 0.99);

        var availability = (await node.KpiAsync(KpiKind.Availability, "neon"))!;
        var down = availability.Count * (1 - availability.Value!.Value);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"down {down:0.000} s of {outage.Seconds:0.000} s, availability {availability.Value} over {availability.Count:0.000} s"));

        Assert.InRange(down, 0.99 * outage.Seconds, 1.01 * outage.Seconds);
        Assert.Equal(1, (await node.KpiAsync(KpiKind.Availability, "supabase"))!.Value);
        Assert.InRange((await node.KpiAsync(KpiKind.Availability))!.Value!.Value, availability.Value.Value - 0.01, 1);
    }

    private static async Task LoadAsync(MonitoredDb db, OutageLedger outage, CancellationToken stop)
    {
        using var mine = new Activity(CallLedger.Name).Start();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await db.Orders.FindAsync(Guid.NewGuid(), CancellationToken.None);
                outage.Answered();
            }
            catch (DatabaseUnavailableException)
            {
                // That is what is measured.
            }
        }
    }

    // Traces begin a little earlier than the figures, so that of two calls that took nearly as long either may be the longer one: the neighbours in the ledger are as true.
    private static void AssertPercentile(double value, double[] sorted, double share)
    {
        var rank = (int)Math.Ceiling(share * sorted.Length) - 1;
        Assert.InRange(value, 0.99 * sorted[Math.Max(0, rank - 2)], 1.01 * sorted[Math.Min(sorted.Length - 1, rank + 2)]);
    }

    private static double Of(double[] sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];

    /// <summary>How long calls took by the traces, which the figures know nothing of.</summary>
    private sealed class CallLedger : IDisposable
    {
        /// <summary>The activity around the calls that it counts: other tests call as well.</summary>
        public const string Name = "ledger";

        private readonly ConcurrentBag<double> _durations = [];
        private readonly ActivityListener _listener;

        public CallLedger()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = static source => source.Name is DualDbTelemetry.SourceName,
                Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = activity =>
                {
                    if (activity is { OperationName: "Order.FindAsync", Parent.OperationName: Name } && activity.Status != ActivityStatusCode.Error)
                    {
                        _durations.Add(activity.Duration.TotalSeconds);
                    }
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public int Count => _durations.Count;

        public double[] Durations() => [.. _durations.Order()];

        public void Dispose() => _listener.Dispose();
    }

    private sealed class OutageLedger
    {
        private long _began;
        private long _ended;

        public bool IsOver => Volatile.Read(ref _ended) != 0;

        public double Seconds => Stopwatch.GetElapsedTime(_began, IsOver ? Volatile.Read(ref _ended) : Stopwatch.GetTimestamp()).TotalSeconds;

        public void Begin() => Volatile.Write(ref _began, Stopwatch.GetTimestamp());

        // What was answered before the line was cut is not the end of it.
        public void Answered()
        {
            if (Volatile.Read(ref _began) is not 0 and var began && Stopwatch.GetElapsedTime(began).TotalSeconds > 3)
            {
                Interlocked.CompareExchange(ref _ended, Stopwatch.GetTimestamp(), 0);
            }
        }
    }
}
