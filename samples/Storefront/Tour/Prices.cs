using DualDb;
using Storefront.Data;
using Storefront.Models;

namespace Storefront.Tour;

/// <summary>Updates that name what they set: of all rows that meet a condition, or of one.</summary>
internal static class Prices
{
    private const string Title = "Updates by condition, and patches";
    private const string About = "UpdateAsync and DeleteAsync change all rows that meet a condition in one statement; PatchAsync sets only the named columns of one row.";

    public static async Task RunAsync(Guide guide, CancellationToken cancellationToken)
    {
        await using var chapter = guide.Begin(Title, About);
        await NeonAsync(chapter, guide.Db, cancellationToken);
        await PatchAsync(chapter, guide.Db, cancellationToken);
        await SupabaseAsync(chapter, guide.Db, cancellationToken);
    }

    private static async Task NeonAsync(Chapter chapter, ShopDb db, CancellationToken cancellationToken)
    {
        await chapter.ShowAsync(
            Database.Neon,
            () => db.Products
                .Where(p => p.Tags.Has("handmade") && p.Price < 60m)
                .UpdateAsync(set => set.Add(p => p.Price, 2.50m), cancellationToken),
            changed => new("wood became dearer", changed));

        var yesterday = ShopCalendar.Today.AddDays(-1);
        await chapter.ShowAsync(
            Database.Neon,
            () => db.Orders
                .Where(o => o.Status == OrderStatus.Paid && o.CreatedAt < yesterday)
                .UpdateAsync(set => set.Status(OrderStatus.Shipped), cancellationToken),
            changed => new("what was paid before yesterday is sent", changed));
        await chapter.ShowFailureAsync<InvalidOperationException>(
            Database.Neon, () => db.Products.Query().UpdateAsync(set => set.Price(0m), cancellationToken), failure => failure.Describe());
    }

    private static async Task PatchAsync(Chapter chapter, ShopDb db, CancellationToken cancellationToken)
    {
        var pot = await db.Products.FindBySkuAsync("COF-105", cancellationToken) ?? throw new InvalidOperationException("The catalogue has no COF-105.");

        await chapter.ShowAsync(
            Database.Neon, () => db.Products.PatchAsync(pot.Id, set => set.Price(31.90m), cancellationToken), product => new($"{product.Name}: {pot.Price} became {product.Price}", 1));
        await chapter.ShowFailureAsync<ConcurrencyConflictException>(
            Database.Neon, () => db.Products.PatchAsync(pot.Id, pot.Version, set => set.Price(29.90m), cancellationToken), failure => failure.Describe());
    }

    private static async Task SupabaseAsync(Chapter chapter, ShopDb db, CancellationToken cancellationToken)
    {
        await chapter.ShowAsync(
            Database.Supabase,
            () => db.Profiles
                .Where(p => p.City.In("Kraków", "Malmö"))
                .UpdateAsync(set => set.City("Vilnius"), cancellationToken),
            changed => new("moved", changed));

        var before = ShopCalendar.FirstOrder.AddDays(90);
        await chapter.ShowAsync(
            Database.Supabase,
            () => db.Activities
                .Where(a => a.Kind == ActivityKind.SignedIn && a.OccurredAt < before)
                .DeleteAsync(cancellationToken),
            deleted => new("old visits are forgotten", deleted));
    }
}
