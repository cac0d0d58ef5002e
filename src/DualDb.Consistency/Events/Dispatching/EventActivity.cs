using System.Diagnostics;
using DualDb.Diagnostics;

namespace DualDb.Consistency.Events.Dispatching;

/// <summary>Traces attempts. They are linked to the publication and not below it: that trace ended, perhaps hours ago.</summary>
internal static class EventActivity
{
    private static readonly ActivitySource Source = new(EventTelemetry.SourceName);

    public static Activity? Handle(Delivery delivery, Subscription subscription)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var published = delivery.Stored.Event;
        var links = ActivityContext.TryParse(published.TraceParent, published.TraceState, isRemote: true, out var origin) ? new[] { new ActivityLink(origin) } : [];
        var activity = Source.StartActivity($"handle {published.Name}", ActivityKind.Consumer, parentContext: default, links: links);
        activity?.SetTag("messaging.system", "dualdb").SetTag("messaging.message.id", published.Id.ToString()).SetTag("messaging.destination.name", published.Name)
            .SetTag("dualdb.handler", subscription.Name).SetTag("dualdb.database", published.Source.ToString()).SetTag("dualdb.attempt", delivery.Attempts + 1);
        return activity;
    }

    public static void Fail(Activity? activity, Exception exception) => ActivityFailure.Set(activity, exception);
}
