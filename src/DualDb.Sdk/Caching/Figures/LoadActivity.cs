using System.Diagnostics;
using DualDb.Diagnostics;

namespace DualDb.Caching;

/// <summary>The traces of loads: nothing is built while nobody listens.</summary>
internal static class LoadActivity
{
    public static Activity? Start(string name, string kind)
    {
        if (!DualDbTelemetry.Source.HasListeners())
        {
            return null;
        }

        var activity = DualDbTelemetry.Source.StartActivity($"{name}.CacheLoad");
        activity?.SetTag("dualdb.cache.entity", name);
        activity?.SetTag("dualdb.cache.kind", kind.Length == 0 ? "key" : kind);
        return activity;
    }

    public static void Failed(Activity? activity, Exception exception) => ActivityFailure.Set(activity, exception);
}
