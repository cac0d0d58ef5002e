using DualDb;
using Storefront.Models;

namespace Storefront.Tour;

/// <summary>Many rows at once.</summary>
internal static class BulkWriting
{
    private const string Title = "Many rows at once";
    private const string About = "All rows or none. Up to 5,000 rows travel as arrays in one statement; above that as a binary COPY in a transaction. Both return the stored rows in order.";

    public static async Task RunAsync(Guide guide, CancellationToken cancellationToken)
    {
        await using var chapter = guide.Begin(Title, About);
        await NeonAsync(chapter, guide.Db, cancellationToken);
        await SupabaseAsync(chapter, guide.Db, cancellationToken);
    }

    private static async Task NeonAsync(Chapter chapter, ShopDb db, CancellationToken cancellationToken)
    {
        var user = (await db.Profiles.ListAsync(limit: 1, cancellationToken))[0];
        Order[] thousand = [.. Orders(1_000, user)], sixThousand = [.. Orders(6_000, user)];

        await chapter.ShowAsync(
            Database.Neon, () => db.Orders.InsertManyAsync(thousand, cancellationToken), orders => new($"unnest: keys {orders[0].Id} to {orders[^1].Id}", orders.Count));
        await chapter.ShowAsync(
            Database.Neon, () => db.Orders.InsertManyAsync(sixThousand, cancellationToken), orders => new($"COPY: keys {orders[0].Id} to {orders[^1].Id}", orders.Count));

        var stock = await db.StockLevels.ListAsync(limit: 1_200, cancellationToken);
        foreach (var level in stock)
        {
            level.OnHand += 10;
        }

        await chapter.ShowAsync(
            Database.Neon, () => db.StockLevels.UpsertManyAsync(stock, cancellationToken), stored => new($"a delivery came: all at version {stored[0].Version}", stored.Count));
        await chapter.ShowFailureAsync<ConstraintViolationException>(
            Database.Neon, () => db.StockLevels.InsertManyAsync(stock, cancellationToken), failure => new($"{failure.GetType().Name} ({failure.Kind} {failure.Constraint}): nothing was applied", 0));
        await chapter.ShowAsync(Database.Neon, () => db.Orders.InsertManyAsync([], cancellationToken), orders => new("no rows, nothing sent", orders.Count));
    }

    private static async Task SupabaseAsync(Chapter chapter, ShopDb db, CancellationToken cancellationToken)
    {
        var user = (await db.Profiles.ListAsync(limit: 1, cancellationToken))[0];
        Activity[] thousand = [.. Visits(1_000, user)], sixThousand = [.. Visits(6_000, user)];

        await chapter.ShowAsync(
            Database.Supabase, () => db.Activities.InsertManyAsync(thousand, cancellationToken), activities => new($"unnest: keys {activities[0].Id} to {activities[^1].Id}", activities.Count));
        await chapter.ShowAsync(
            Database.Supabase, () => db.Activities.InsertManyAsync(sixThousand, cancellationToken), activities => new($"COPY: keys {activities[0].Id} to {activities[^1].Id}", activities.Count));

        var preferences = await db.Preferences.ListAsync(limit: 1_000, cancellationToken);
        Preference[] dark = [.. preferences.Select(preference => preference with { Theme = Theme.Dark })];
        await chapter.ShowAsync(
            Database.Supabase, () => db.Preferences.UpsertManyAsync(dark, cancellationToken), stored => new($"all on theme {stored[0].Theme}", stored.Count));
    }

    private static IEnumerable<Order> Orders(int count, Profile user)
        => Enumerable.Range(1, count).Select(number => new Order { UserId = user.Id, Status = OrderStatus.Placed, Total = number });

    private static IEnumerable<Activity> Visits(int count, Profile user)
        => Enumerable.Range(1, count).Select(number => new Activity
        {
            UserId = user.Id,
            Kind = ActivityKind.ViewedProduct,
            OccurredAt = Data.ShopCalendar.Today.AddSeconds(number),
        });
}
