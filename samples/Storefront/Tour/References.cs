using DualDb;

namespace Storefront.Tour;

/// <summary>What the generator adds for [References] and [Unique].</summary>
internal static class References
{
    private const string Title = "References and unique values";
    private const string About = "The model's [References<T>] and [Unique] became methods: for one value a list, for many values a lookup in one statement.";

    public static async Task RunAsync(Guide guide, CancellationToken cancellationToken)
    {
        await using var chapter = guide.Begin(Title, About);
        var db = guide.Db;
        var someProducts = await db.Products.ListAsync(limit: 50, cancellationToken);
        var someProfiles = await db.Profiles.ListAsync(limit: 200, cancellationToken);
        var userId = someProfiles[0].Id;
        Guid[] userIds = [.. someProfiles.Select(profile => profile.Id)];
        long[] productIds = [.. someProducts.Select(product => product.Id)];

        await chapter.ShowAsync(
            Database.Neon, () => db.Products.FindBySkuAsync("COF-100", cancellationToken), product => new(product!.Label, 1));
        await chapter.ShowAsync(
            Database.Neon, () => db.Orders.ListByUserIdAsync(userId, cancellationToken), orders => new("the orders of one user, who lives in Supabase", orders.Count));
        await chapter.ShowAsync(
            Database.Neon, () => db.Orders.ListByUserIdsAsync(userIds, cancellationToken),
            lookup => new($"of {userIds.Length} users, {lookup.Count} of whom ordered", lookup.Sum(group => group.Count())));
        await chapter.ShowAsync(
            Database.Neon, () => db.OrderLines.ListByProductIdsAsync(productIds, cancellationToken),
            lookup => new($"positions of {lookup.Count} products", lookup.Sum(group => group.Count())));

        await chapter.ShowAsync(
            Database.Supabase, () => db.Profiles.FindByEmailAsync(someProfiles[7].Email, cancellationToken), profile => new(profile!.DisplayName, 1));
        await chapter.ShowAsync(
            Database.Supabase, () => db.Activities.ListByUserIdAsync(userId, cancellationToken), activities => new("what one user did", activities.Count));
        await chapter.ShowAsync(
            Database.Supabase, () => db.Activities.ListByUserIdsAsync(userIds, cancellationToken),
            lookup => new($"of {userIds.Length} users", lookup.Sum(group => group.Count())));
    }
}
