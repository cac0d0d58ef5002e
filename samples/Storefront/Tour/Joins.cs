using DualDb;
using Storefront.Models;

namespace Storefront.Tour;

/// <summary>Joins for rows that are at hand, and for code that cannot know its keys.</summary>
internal static class Joins
{
    private const string Title = "Joins without a view";
    private const string About =
        "Each [References<T>] also gives join methods, from both ends. Where code asks for one row at a time, a batching scope lets calls made at once share a statement.";

    public static async Task RunAsync(Guide guide, CancellationToken cancellationToken)
    {
        await using var chapter = guide.Begin(Title, About);
        var db = guide.Db;
        var orders = await db.Orders.ListAsync(limit: 100, cancellationToken);
        var profiles = await db.Profiles.Where(p => p.City == "Porto").ToListAsync(cancellationToken);

        await chapter.ShowAsync(
            Database.Supabase, () => db.Orders.WithProfileAsync(orders, cancellationToken),
            rows => new($"order {rows[0].Order.Id} is {rows[0].Profile?.DisplayName}'s; a hundred keys, one statement", rows.Count));
        await chapter.ShowAsync(
            Database.Neon, () => db.Profiles.WithOrdersAsync(profiles, cancellationToken),
            rows => new($"{rows.Count} people of Porto with {rows.Sum(row => row.Orders.Count)} orders", rows.Sum(row => row.Orders.Count)));
        await chapter.ShowAsync(
            null, () => db.Orders.ListWithProfileAsync(o => o.Total > 1_200m, cancellationToken),
            rows => new($"orders above 1,200, of {rows.Select(row => row.Profile?.Id).Distinct().Count()} people", rows.Count));

        long[] orderIds = [.. orders.Select(order => order.Id)];
        await chapter.ShowAsync(
            null, () => NamesAsync(db, orderIds, cancellationToken),
            names => new($"{names.Length} resolvers asked for two rows each: {names.Distinct(StringComparer.Ordinal).Count()} names", names.Length),
            "using BeginBatching(): each of 100 resolvers awaits Orders.GetAsync(id), then Profiles.GetAsync(order.UserId)");
    }

    /// <summary>What resolvers of GraphQL do: each knows one order, and asks for its user when it has it.</summary>
    private static async Task<string[]> NamesAsync(ShopDb db, long[] orderIds, CancellationToken cancellationToken)
    {
        await using var scope = db.BeginBatching();
        return await Task.WhenAll(orderIds.Select(async id =>
        {
            var order = await db.Orders.GetAsync(id, cancellationToken);
            var profile = await db.Profiles.GetAsync(order.UserId, cancellationToken);
            return profile.DisplayName;
        }));
    }
}
