using System.Diagnostics;
using DualDb.Mapping;
using Npgsql;

namespace DualDb.Sql;

/// <summary>The traces of calls: nothing is built while nobody listens.</summary>
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

    /// <summary>The trace of several statements that travel together.</summary>
    public static Activity? StartBatch(string subject, string operation, Database database, NpgsqlBatch batch)
    {
        if (!DualDbTelemetry.Source.HasListeners())
        {
            return null;
        }

        var activity = DualDbTelemetry.Source.StartActivity($"{subject}.{operation}", ActivityKind.Client);
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag("db.system.name", "postgresql");
            activity.SetTag("db.operation.name", operation);
            activity.SetTag("db.operation.batch.size", batch.BatchCommands.Count);
            activity.SetTag("db.query.text", string.Join(";\n", batch.BatchCommands.Select<NpgsqlBatchCommand, string>(static command => command.CommandText)));
            activity.SetTag("dualdb.database", database == Database.Neon ? "neon" : "supabase");
        }

        return activity;
    }

    public static void Retried(Activity? activity, Exception exception)
        => activity?.AddEvent(new ActivityEvent("retry", tags: new ActivityTagsCollection { ["exception.type"] = exception.GetType().FullName }));
}
