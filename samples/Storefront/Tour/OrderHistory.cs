using DualDb;
using Storefront.Models;
using Storefront.Output;

namespace Storefront.Tour;

/// <summary>A read model over both databases.</summary>
internal static class OrderHistory
{
    private const string Title = "Across the databases";
    private const string About =
        "No join can span two databases. A [UnifiedView] names its members, and one call asks both at the same time: one statement each, whatever the number of users.";

    private const int Customers = 6;

    public static async Task RunAsync(Guide guide, CancellationToken cancellationToken)
    {
        await using var chapter = guide.Begin(Title, About);
        var db = guide.Db;
        var someUsers = await db.Profiles.OrderBy(p => p.Email).Take(100).Select(p => p.Id).ToListAsync(cancellationToken);

        var best = await chapter.ShowAsync(
            Database.Neon,
            () => db.Orders.Query()
                .GroupBy(o => o.UserId)
                .OrderByDescending(g => g.Sum(o => o.Total))
                .Take(Customers)
                .Select(g => g.Key)
                .ToListAsync(cancellationToken),
            users => new("who bought most, as Neon knows them", users.Count));
        await chapter.ShowAsync(
            null, () => db.UserOrderHistories.GetAsync(best[0], cancellationToken),
            history => new($"{history.User.DisplayName}: {history.Orders.Count} orders, {history.Spent:N2} in all", 1 + history.Orders.Count));
        await chapter.ShowAsync(
            null, () => db.UserOrderHistories.ListAsync(someUsers, cancellationToken),
            histories => new($"{histories.Count} users with their orders", histories.Sum(history => 1 + history.Orders.Count)));
        await chapter.ShowAsync(
            null, () => db.UserOrderHistories.FindAsync(Guid.Empty, cancellationToken), history => new(history is null ? "null: there is no such user" : "found", 0));
        await chapter.ShowAsync(
            null,
            () => db.UserOrderHistories
                .Where(v => v.User.City == "Porto")
                .Where(v => v.Orders.Total > 900m)
                .OrderBy(u => u.DisplayName)
                .ToListAsync(cancellationToken),
            histories => new($"{histories.Count} people of Porto with an order above 900: conditions in both databases", histories.Sum(history => 1 + history.Orders.Count)));
        var detailed = await db.Orders.OrderByDescending(o => o.Total).FirstAsync(cancellationToken);
        await chapter.ShowAsync(
            null, () => db.OrderDetails.GetAsync(detailed.Id, cancellationToken),
            details => new($"the dearest order, of {details.Buyer?.DisplayName}: {string.Join("; ", details.Lines.Select(line => line.Product?.Name ?? "gone"))}", 2 + (2 * details.Lines.Count)));
        var recent = await chapter.ShowAsync(
            null, () => db.RecentOrders.ListAsync(best, cancellationToken),
            histories => new("the newest three orders of each, cut by PostgreSQL", histories.Sum(history => 1 + history.Orders.Count)));

        chapter.Append(HistoryTable.Of(await db.UserOrderHistories.ListAsync(best, cancellationToken), recent));
    }
}
