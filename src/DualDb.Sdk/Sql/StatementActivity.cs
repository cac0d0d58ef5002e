using System.Diagnostics;
using DualDb.Mapping;

namespace DualDb.Sql;

/// <summary>The trace of one repository call: nothing is built while nobody listens.</summary>
internal static class StatementActivity
{
    public static Activity? Start(EntityInfo entity, string operation, string sql)
    {
        if (!DualDbTelemetry.Source.HasListeners())
        {
            return null;
        }

        var activity = DualDbTelemetry.Source.StartActivity($"{entity.Name}.{operation}", ActivityKind.Client);
        if (activity is { IsAllDataRequested: true })
        {
            // The names are OpenTelemetry's semantic conventions for database client spans.
            activity.SetTag("db.system.name", "postgresql");
            activity.SetTag("db.collection.name", $"{entity.Schema}.{entity.Table}");
            activity.SetTag("db.operation.name", operation);
            activity.SetTag("db.query.text", sql);
            activity.SetTag("dualdb.database", entity.Database == Database.Neon ? "neon" : "supabase");
        }

        return activity;
    }

    public static void Retried(Activity? activity, Exception exception)
        => activity?.AddEvent(new ActivityEvent("retry", tags: new ActivityTagsCollection { ["exception.type"] = exception.GetType().FullName }));
}
