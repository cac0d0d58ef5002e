using System.Globalization;
using DualDb;
using Spectre.Console;
using Storefront.Models;
using Storefront.Setup;

namespace Storefront.Tour;

/// <summary>What a loop costs that asks for each user, beside the view.</summary>
internal static class Comparison
{
    private const string Title = "What a loop costs";
    private const string About = "The orders of 50 users, with 10 ms added to every round trip, to either database. Both give the same answer.";
    private const int Users = 50;

    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(10);

    public static async Task RunAsync(Guide guide, CancellationToken cancellationToken)
    {
        await using var chapter = guide.Begin(Title, About);
        if (await ProxiedShop.ObstacleAsync(guide.Db, cancellationToken) is { } obstacle)
        {
            chapter.Skip(obstacle);
            return;
        }

        await using var shop = await ProxiedShop.OpenAsync(guide.Db, guide.Databases, cancellationToken);
        var db = shop.Db;
        var userIds = await db.Profiles.OrderBy(p => p.Email).Take(Users).Select(p => p.Id).ToListAsync(cancellationToken);

        // Connections are opened and statements prepared before the line becomes slow: neither is what is compared.
        await LoopAsync(db, userIds, cancellationToken);
        await db.UserOrderHistories.ListAsync(userIds, cancellationToken);
        (shop.NeonLine.Delay, shop.SupabaseLine.Delay) = (RoundTrip, RoundTrip);

        var loop = await chapter.MeasureAsync(null, () => LoopAsync(db, userIds, cancellationToken), Describe, "foreach (id in userIds) Profiles.FindAsync(id), Orders.ListByUserIdAsync(id)");
        var view = await chapter.MeasureAsync(null, () => db.UserOrderHistories.ListAsync(userIds, cancellationToken), Describe);
        RequireSame(loop.Result, view.Result);
        chapter.Append(new Text(string.Create(
            CultureInfo.InvariantCulture,
            $"The view sends {view.Statements} statements where the loop sends {loop.Statements}, and is done {loop.Time / view.Time:N0} times as fast.\n")));
    }

    private static async Task<IReadOnlyList<UserOrderHistory>> LoopAsync(ShopDb db, IReadOnlyList<Guid> userIds, CancellationToken cancellationToken)
    {
        var histories = new List<UserOrderHistory>(userIds.Count);
        foreach (var userId in userIds)
        {
            if (await db.Profiles.FindAsync(userId, cancellationToken) is { } user)
            {
                histories.Add(new UserOrderHistory(user, await db.Orders.ListByUserIdAsync(userId, cancellationToken)));
            }
        }

        return histories;
    }

    private static Outcome Describe(IReadOnlyList<UserOrderHistory> histories)
        => new($"{histories.Count} users with {histories.Sum(history => history.Orders.Count)} orders", histories.Sum(history => 1 + history.Orders.Count));

    private static void RequireSame(IReadOnlyList<UserOrderHistory> loop, IReadOnlyList<UserOrderHistory> view)
    {
        if (Sum(loop) != Sum(view))
        {
            throw new InvalidOperationException($"The loop found orders of {Sum(loop)}, the view of {Sum(view)}: they should be the same.");
        }
    }

    private static decimal Sum(IReadOnlyList<UserOrderHistory> histories) => histories.Sum(history => history.Spent);
}
