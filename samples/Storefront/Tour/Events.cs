using DualDb;
using DualDb.Consistency.Events;
using Storefront.Models;
using Storefront.Setup;

namespace Storefront.Tour;

/// <summary>Events: written with the data, handled exactly once in the other database.</summary>
internal static class Events
{
    private const string Title = "Events";
    private const string About =
        "transaction.Publish writes an event with the data. RecordOrder handles it in Supabase, in one transaction with the note that it did; SendReceipt calls a mail service.";

    public static async Task RunAsync(Guide guide, CancellationToken cancellationToken)
    {
        await using var chapter = guide.Begin(Title, About);
        var db = guide.Db;
        await using var node = await ShopNode.StartAsync(cancellationToken);
        var user = (await db.Profiles.ListAsync(limit: 1, cancellationToken))[0];

        var order = await chapter.ShowAsync(Database.Neon, () => PlaceOrderAsync(node.Db, user, cancellationToken), placed => new($"order {placed.Id} and its event, or neither", 1));
        await chapter.ShowAsync(
            database: null,
            () => node.Db.Events.Delivered.WaitForAsync<OrderPlaced>(e => e.OrderId == order.Id, cancellationToken: cancellationToken),
            delivered => new($"handled {(delivered.Delivery.Failures.Count == 0 ? "by both handlers" : "with failures")}", 1));
        await chapter.ShowAsync(
            Database.Supabase,
            () => db.Activities.Where(a => a.OrderId == order.Id).ToListAsync(cancellationToken),
            activities => new($"{activities[0].Kind}, once", activities.Count));
        await FailAsync(chapter, node, user, cancellationToken);
    }

    /// <summary>A handler that fails parks the event; the other one is not held up, and operators decide.</summary>
    private static async Task FailAsync(Chapter chapter, ShopNode node, Profile user, CancellationToken cancellationToken)
    {
        var db = node.Db;
        node.Mails.IsAway = true;
        var order = await PlaceOrderAsync(db, user, cancellationToken);
        var letter = await chapter.ShowAsync(
            Database.Neon,
            () => ParkedAsync(db, order.Id, cancellationToken),
            parked => new($"{parked.Handler} gave up after {parked.Attempts} attempts", 1),
            "db.Events.DeadLetters.ListAsync()");
        node.Mails.IsAway = false;
        await chapter.ShowAsync(
            Database.Neon,
            () => ReplayedAsync(db, letter, cancellationToken),
            left => new($"the mail service is back: {node.Mails.Sent} receipts sent, {left} parked", 1),
            "db.Events.DeadLetters.ReplayAsync(letter, \"operator\")");
    }

    private static async Task<Order> PlaceOrderAsync(ShopDb db, Profile profile, CancellationToken cancellationToken)
    {
        #region publish
        await using var transaction = await db.BeginNeonAsync(cancellationToken);
        var placed = await db.Orders.InsertAsync(new Order { UserId = profile.Id, Status = OrderStatus.Placed, Total = 12.50m }, transaction, cancellationToken);
        transaction.Publish(new OrderPlaced(placed.Id, profile.Id, placed.Total), key: profile.Id);
        await transaction.CommitAsync(cancellationToken);
        #endregion
        return placed;
    }

    private static async Task<DeadLetter> ParkedAsync(ShopDb db, long orderId, CancellationToken cancellationToken)
    {
        while (true)
        {
            var letters = await db.Events.DeadLetters.ListAsync(cancellationToken: cancellationToken);
            if (letters.FirstOrDefault(letter => letter.Event.Payload.Contains($"\"orderId\":{orderId},", StringComparison.Ordinal)) is { } parked)
            {
                return parked;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
        }
    }

    private static async Task<int> ReplayedAsync(ShopDb db, DeadLetter letter, CancellationToken cancellationToken)
    {
        await db.Events.DeadLetters.ReplayAsync(letter, "operator", "the mail service is back", cancellationToken);
        while (true)
        {
            var letters = await db.Events.DeadLetters.ListAsync(new DeadLetterFilter { State = null }, cancellationToken: cancellationToken);
            if (letters.All(other => other.Id != letter.Id))
            {
                return letters.Count;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
        }
    }
}
