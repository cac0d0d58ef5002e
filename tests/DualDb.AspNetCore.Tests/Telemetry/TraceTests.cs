using System.Collections.Concurrent;
using System.Diagnostics;
using DualDb.AspNetCore.Tests.Health;
using DualDb.Consistency.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace DualDb.AspNetCore.Tests.Telemetry;

/// <summary>What an exporter gets of one request, and of what it causes later.</summary>
public sealed class TraceTests(MemoServers servers)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_request_is_one_trace_and_what_it_causes_later_is_linked_to_it()
    {
        var note = Guid.NewGuid();
        var topic = Guid.NewGuid();
        var (activities, metrics) = (new SharedList<Activity>(), new List<MetricSnapshot>());
        await using var place = await HealthPlace.CreateAsync(servers, isSynchronised: true);
        await using (var root = MemoDb.Create(place.Reach))
        {
            await root.Events.InstallAsync();
            await root.Topics.InsertAsync(new Topic(topic, "shopping"));
        }

        await using var app = await StartAsync(place, note, topic, activities, metrics);
        using var client = app.GetTestClient();

        // Other tests of this process make requests too, and activities are the process's: this one's trace is known beforehand.
        var traceId = ActivityTraceId.CreateRandom();
        client.DefaultRequestHeaders.Add("traceparent", $"00-{traceId}-{ActivitySpanId.CreateRandom()}-01");
        Assert.Equal("shopping", await client.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken));

        var request = await UntilAsync(activities, one => one.TraceId == traceId && one.OperationName == "Microsoft.AspNetCore.Hosting.HttpRequestIn");
        var trace = activities.Where(one => one.TraceId == request.TraceId).ToList();
        var load = Assert.Single(trace, static one => one.DisplayName == "Topic.CacheLoad");
        var read = Assert.Single(trace, one => one.ParentSpanId == load.SpanId && one.Source.Name == "DualDb.Sdk");
        Assert.Equal("supabase", read.GetTagItem("dualdb.database"));
        Assert.Contains(trace, one => one.Source.Name == "Npgsql" && one.ParentSpanId == read.SpanId);
        var write = Assert.Single(trace, static one => one.DisplayName == "Note.InsertAsync");
        Assert.Equal("neon", write.GetTagItem("dualdb.database"));
        Assert.All(trace.Where(one => one != request), one => Assert.Contains(trace, other => other.SpanId == one.ParentSpanId));

        var handled = await UntilAsync(activities, one => one.DisplayName == "handle note.written" && IsLinked(one, traceId));
        var applied = await UntilAsync(activities, one => one.DisplayName == "apply Neon to Supabase" && IsLinked(one, traceId));
        Assert.Equal([request.TraceId], handled.Links.Select(static link => link.Context.TraceId));
        Assert.Equal([request.TraceId], applied.Links.Select(static link => link.Context.TraceId));
        Assert.NotEqual(request.TraceId, handled.TraceId);
        Assert.NotEqual(request.TraceId, applied.TraceId);
        Assert.Contains(activities, one => one.TraceId == handled.TraceId && one.DisplayName == "Memo.InsertAsync" && (string?)one.GetTagItem("dualdb.database") == "supabase");

        app.Services.GetRequiredService<MeterProvider>().ForceFlush();
        var queries = metrics.Last(static metric => metric.Name == "dualdb.query.duration");
        Assert.Contains(PointsOf(queries), point => ExemplarsOf(point).Contains(request.TraceId));
        Assert.Contains(0.1, BoundariesOf(PointsOf(queries)[0]));
        Assert.Contains(metrics, static metric => metric.MeterName == "Npgsql");
        Assert.Contains(metrics, static metric => metric.Name == "sync.lag");
    }

    private static async Task<WebApplication> StartAsync(HealthPlace place, Guid note, Guid topic, ICollection<Activity> activities, ICollection<MetricSnapshot> metrics)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddMemoDb(place.Reach);
        builder.Services.AddMemoDbEvents();
        builder.Services.AddMemoDbSync(static options => options.MaxPollInterval = TimeSpan.FromMilliseconds(50));
        builder.Services.AddOpenTelemetry()
            .AddDualDbInstrumentation()
            .WithMetrics(configure => configure.AddInMemoryExporter(metrics))
            .WithTracing(configure => configure.AddSource("Microsoft.AspNetCore").AddInMemoryExporter(activities));
        var app = builder.Build();
        app.MapGet("/", async (MemoDb db) =>
        {
            var found = await db.Topics.FindAsync(topic);
            await using var transaction = await db.BeginNeonAsync();
            await db.Notes.InsertAsync(new Note(note, "milk"), transaction);
            transaction.Publish(new NoteWritten(note));
            await transaction.CommitAsync();
            return found!.Name;
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static async Task<Activity> UntilAsync(SharedList<Activity> activities, Func<Activity, bool> isIt)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            if (activities.FirstOrDefault(isIt) is { } found)
            {
                return found;
            }

            Assert.True(watch.Elapsed < Deadline, "There are only: " + string.Join(", ", activities.Select(static one => one.DisplayName)));
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private static bool IsLinked(Activity activity, ActivityTraceId trace) => activity.Links.Any(link => link.Context.TraceId == trace);

    private static List<MetricPoint> PointsOf(MetricSnapshot metric) => [.. metric.MetricPoints];

    private static List<ActivityTraceId> ExemplarsOf(MetricPoint point)
    {
        var traces = new List<ActivityTraceId>();
        if (point.TryGetExemplars(out var exemplars))
        {
            foreach (ref readonly var exemplar in exemplars)
            {
                traces.Add(exemplar.TraceId);
            }
        }

        return traces;
    }

    private static List<double> BoundariesOf(MetricPoint point)
    {
        var boundaries = new List<double>();
        foreach (var bucket in point.GetHistogramBuckets())
        {
            boundaries.Add(bucket.ExplicitBound);
        }

        return boundaries;
    }

    /// <summary>Exporters add while tests read.</summary>
    private sealed class SharedList<T> : ICollection<T>
    {
        private readonly ConcurrentQueue<T> _items = new();

        public int Count => _items.Count;

        public bool IsReadOnly => false;

        public void Add(T item) => _items.Enqueue(item);

        public void Clear() => _items.Clear();

        public bool Contains(T item) => _items.Contains(item);

        public void CopyTo(T[] array, int arrayIndex) => _items.CopyTo(array, arrayIndex);

        public bool Remove(T item) => throw new NotSupportedException();

        public IEnumerator<T> GetEnumerator() => _items.GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
