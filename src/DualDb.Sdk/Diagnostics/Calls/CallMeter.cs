using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace DualDb.Diagnostics.Calls;

/// <summary>The instruments of the meter <c>DualDb.Sdk</c>.</summary>
internal static class CallMeter
{
    private static readonly Meter Meter = new(DualDbTelemetry.MeterName);

    /// <summary>Recorded while the call's activity is the current one, so that exporters can attach it as an exemplar.</summary>
    public static readonly Histogram<double> Queries = Meter.CreateHistogram<double>(
        "dualdb.query.duration", "s", "How long calls to a database took, retries included, by database, entity and operation; those that failed with the type of their error.", tags: null, DurationBuckets.Calls);

    public static readonly Histogram<double> Views = Meter.CreateHistogram<double>("dualdb.view.duration", "s", "How long views took to be read from both databases.", tags: null, DurationBuckets.Calls);

    public static void Query(Database database, in CallName call, double seconds, string? error)
    {
        var tags = new TagList { { "database", database == Database.Neon ? "neon" : "supabase" }, { "entity", call.Subject }, { "operation", call.Operation } };
        if (error is not null)
        {
            tags.Add("error.type", error);
        }

        Queries.Record(seconds, tags);
    }

    public static void View(string view, double seconds) => Views.Record(seconds, new KeyValuePair<string, object?>("view", view));
}
