using DualDb.Consistency.Events;
using Storefront.Models;

namespace Storefront.Handlers;

#region handler
/// <summary>The order lies in Neon, the user's activities in Supabase: this keeps them together.</summary>
public sealed class RecordOrder(ShopDb db) : IEventHandler<OrderPlaced>
{
    public async Task HandleAsync(OrderPlaced placed, EventContext context, CancellationToken cancellationToken)
    {
        var activity = new Activity { UserId = placed.UserId, Kind = ActivityKind.PlacedOrder, OrderId = placed.OrderId, OccurredAt = context.PublishedAt };
        await db.Activities.InsertAsync(activity, context.Supabase, cancellationToken);     // committed with the note that the event is handled
    }
}
#endregion
