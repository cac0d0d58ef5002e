using DualDb;
using Storefront.Models;

namespace Storefront.Tour;

/// <summary>Deletion as a mark.</summary>
internal static class SoftDeletion
{
    private const string Title = "Soft deletion";
    private const string About = "[SoftDelete] turns deletion into a mark. Every read leaves marked rows out; they can be restored, or removed for good.";

    public static async Task RunAsync(Guide guide, CancellationToken cancellationToken)
    {
        await using var chapter = guide.Begin(Title, About);
        await NeonAsync(chapter, guide.Db, cancellationToken);
        await SupabaseAsync(chapter, guide.Db, cancellationToken);
    }

    private static async Task NeonAsync(Chapter chapter, ShopDb db, CancellationToken cancellationToken)
    {
        var kettle = await db.Products.FindBySkuAsync("COF-101", cancellationToken) ?? throw new InvalidOperationException("The catalogue has no COF-101.");

        await chapter.ShowAsync(Database.Neon, () => db.Products.DeleteAsync(kettle.Id, cancellationToken), _ => new($"{kettle.Label} is marked", 1));
        await chapter.ShowAsync(Database.Neon, () => db.Products.FindAsync(kettle.Id, cancellationToken), product => new(product is null ? "null: reads leave it out" : "found", 0));
        await chapter.ShowAsync(
            Database.Neon, () => db.Products.RestoreAsync(kettle.Id, cancellationToken), product => new($"back, at version {product!.Version}", 1));

        var sample = kettle with { Id = 0, Sku = "COF-SAMPLE", Version = 0 };
        var stored = await db.Products.InsertAsync(sample, cancellationToken);
        await chapter.ShowAsync(Database.Neon, () => db.Products.HardDeleteAsync(stored.Id, cancellationToken), removed => new(removed ? "a sample is gone for good" : "no such row", 1));
    }

    private static async Task SupabaseAsync(Chapter chapter, ShopDb db, CancellationToken cancellationToken)
    {
        var guest = await db.Profiles.InsertAsync(
            new Profile { Id = Guid.NewGuid(), Email = "guest@example.com", DisplayName = "Guest" }, cancellationToken);

        await chapter.ShowAsync(Database.Supabase, () => db.Profiles.DeleteAsync(guest.Id, cancellationToken), _ => new($"{guest.DisplayName} is marked", 1));
        await chapter.ShowAsync(Database.Supabase, () => db.Profiles.ExistsAsync(guest.Id, cancellationToken), exists => exists.ToString());
        await chapter.ShowAsync(Database.Supabase, () => db.Profiles.RestoreAsync(guest.Id, cancellationToken), profile => new($"back, at version {profile!.Version}", 1));
        await chapter.ShowAsync(Database.Supabase, () => db.Profiles.HardDeleteAsync(guest.Id, cancellationToken), removed => new(removed ? "gone for good" : "no such row", 1));
    }
}
