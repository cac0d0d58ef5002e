using DualDb;
using Storefront.Models;

namespace Storefront.Tour;

/// <summary>Joining rows of the two databases in the application: both are asked at the same time.</summary>
internal static class AcrossDatabases
{
    private const string Title = "Across the databases";
    private const string About = "No join can span two databases. Both are asked at the same time, and one statement each is enough for any number of users.";

    public static async Task RunAsync(Guide guide, CancellationToken cancellationToken)
    {
        await using var chapter = guide.Begin(Title, About);
        var db = guide.Db;
        Guid[] userIds = [.. (await db.Profiles.ListAsync(limit: 100, cancellationToken)).Select(profile => profile.Id)];

        await chapter.ShowAsync(
            null, () => HistoryAsync(db, userIds[0], cancellationToken), history => new($"{history.User.DisplayName}: {history.Orders.Count} orders", 1 + history.Orders.Count));
        await chapter.ShowAsync(
            null, () => HistoriesAsync(db, userIds, cancellationToken),
            histories => new($"{histories.Count} users with their orders", histories.Count + histories.Sum(history => history.Orders.Count)));
    }

    private static async Task<History> HistoryAsync(ShopDb db, Guid userId, CancellationToken cancellationToken)
    {
        var user = db.Profiles.GetAsync(userId, cancellationToken).AsTask();
        var orders = db.Orders.ListByUserIdAsync(userId, cancellationToken);
        await Task.WhenAll(user, orders);
        return new History(await user, await orders);
    }

    private static async Task<IReadOnlyList<History>> HistoriesAsync(ShopDb db, Guid[] userIds, CancellationToken cancellationToken)
    {
        var users = db.Profiles.FindManyAsync(userIds, cancellationToken);
        var orders = db.Orders.ListByUserIdsAsync(userIds, cancellationToken);
        await Task.WhenAll(users, orders);
        var ordersOf = await orders;
        return [.. (await users).Select(user => new History(user, [.. ordersOf[user.Id]]))];
    }

    private sealed record History(Profile User, IReadOnlyList<Order> Orders);
}
