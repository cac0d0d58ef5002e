using System.Diagnostics;
using DualDb.Consistency.Sagas.Running;

namespace DualDb.Consistency.Sagas.Telemetry;

/// <summary>The activities of sagas: one per run on a node, one per attempt in it, linked to what started the saga.</summary>
internal static class SagaActivity
{
    private static readonly ActivitySource Source = new(SagaTelemetry.SourceName);

    public static Activity? OfRun(SagaInstance instance)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var links = ActivityContext.TryParse(instance.Held.TraceParent, instance.Held.TraceState, isRemote: true, out var origin) ? new[] { new ActivityLink(origin) } : null;
        return Source.StartActivity(ActivityKind.Internal, parentContext: default, TagsOf(instance), links, name: $"saga {instance.Definition.Name}");
    }

    public static Activity? OfWork(SagaInstance instance, SagaWork work, int attempt)
    {
        var activity = Source.HasListeners() ? Source.StartActivity($"saga {instance.Definition.Name}.{work.Method}") : null;
        if (activity is { IsAllDataRequested: true })
        {
            foreach (var (name, value) in TagsOf(instance))
            {
                activity.SetTag(name, value);
            }

            activity.SetTag("dualdb.saga.step", work.Step.Name);
            activity.SetTag("dualdb.saga.compensation", work.IsCompensation);
            activity.SetTag("dualdb.saga.attempt", attempt);
        }

        return activity;
    }

    private static KeyValuePair<string, object?>[] TagsOf(SagaInstance instance) => [new("dualdb.saga", instance.Definition.Name), new("dualdb.saga.id", instance.Id)];
}
