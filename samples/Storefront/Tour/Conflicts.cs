using DualDb;
using Storefront.Models;

namespace Storefront.Tour;

/// <summary>Two people change the same row.</summary>
internal static class Conflicts
{
    private const string Title = "Version conflicts";
    private const string About = "Two people read the same row and both change it. [Version] keeps the second from overwriting the first unseen.";

    public static async Task RunAsync(Guide guide, CancellationToken cancellationToken)
    {
        await using var chapter = guide.Begin(Title, About);
        await NeonAsync(chapter, guide.Db, cancellationToken);
        await SupabaseAsync(chapter, guide.Db, cancellationToken);
    }

    private static async Task NeonAsync(Chapter chapter, ShopDb db, CancellationToken cancellationToken)
    {
        var clerk = (await db.Orders.ListAsync(limit: 1, cancellationToken))[0];
        var robot = clerk;

        await chapter.ShowAsync(
            Database.Neon, () => db.Orders.UpdateAsync(clerk with { Status = OrderStatus.Shipped }, cancellationToken), order => new($"{order.Status}, version {order.Version}", 1));
        var conflict = await chapter.ShowFailureAsync<ConcurrencyConflictException>(
            Database.Neon, () => db.Orders.UpdateAsync(robot with { Status = OrderStatus.Cancelled }, cancellationToken), failure => failure.Describe());
        var fresh = await chapter.ShowAsync(
            Database.Neon, () => db.Orders.GetAsync((long)conflict.Key, cancellationToken), order => new($"read again: {order.Status}, version {order.Version}", 1));
        await chapter.ShowAsync(
            Database.Neon, () => db.Orders.UpdateAsync(fresh with { Total = fresh.Total + 5 }, cancellationToken), order => new($"version {order.Version}", 1));
    }

    private static async Task SupabaseAsync(Chapter chapter, ShopDb db, CancellationToken cancellationToken)
    {
        var phone = (await db.Profiles.ListAsync(limit: 1, cancellationToken))[0];
        var laptop = phone;

        await chapter.ShowAsync(
            Database.Supabase, () => db.Profiles.UpdateAsync(phone with { City = "Graz" }, cancellationToken), profile => new($"{profile.City}, version {profile.Version}", 1));
        await chapter.ShowFailureAsync<ConcurrencyConflictException>(
            Database.Supabase, () => db.Profiles.UpdateAsync(laptop with { City = "Basel" }, cancellationToken), failure => failure.Describe());
    }
}
