using System.Diagnostics;
using DualDb.Diagnostics;

namespace DualDb.Consistency.Sync.Applying;

/// <summary>Traces pages that are applied. They are linked to who made the changes and not below them: those traces have ended, and a page has changes of many.</summary>
internal static class ApplyActivity
{
    /// <summary>More are more than anybody looks at, and exporters cut them off.</summary>
    private const int MostLinks = 128;

    private static readonly ActivitySource Source = new(SyncTelemetry.SourceName);

    public static Activity? Start(IReadOnlyList<RowChange> changes, Database source, Database target)
    {
        if (changes.Count == 0 || !Source.HasListeners())
        {
            return null;
        }

        var links = new List<ActivityLink>();
        foreach (var trace in changes.Select(static change => change.Trace).OfType<string>().Distinct(StringComparer.Ordinal).Take(MostLinks))
        {
            // What somebody else has put there may be anything.
            if (ActivityContext.TryParse(trace, traceState: null, isRemote: true, out var origin))
            {
                links.Add(new ActivityLink(origin));
            }
        }

        var activity = Source.StartActivity($"apply {source} to {target}", ActivityKind.Consumer, parentContext: default, links: links);
        activity?.SetTag("dualdb.source", source.ToString()).SetTag("dualdb.database", target.ToString()).SetTag("dualdb.changes", changes.Count);
        return activity;
    }

    public static void Fail(Activity? activity, Exception exception) => ActivityFailure.Set(activity, exception);
}
