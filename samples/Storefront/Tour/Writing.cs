using DualDb;
using Storefront.Models;

namespace Storefront.Tour;

/// <summary>Every way to write one row.</summary>
internal static class Writing
{
    private const string Title = "Writing";
    private const string About = "A write returns the row as the database stored it: with its key, its times and its version. What was handed over is not changed.";

    public static async Task RunAsync(Guide guide, CancellationToken cancellationToken)
    {
        await using var chapter = guide.Begin(Title, About);
        await NeonAsync(chapter, guide.Db, cancellationToken);
        await SupabaseAsync(chapter, guide.Db, cancellationToken);
    }

    private static async Task NeonAsync(Chapter chapter, ShopDb db, CancellationToken cancellationToken)
    {
        var user = (await db.Profiles.ListAsync(limit: 1, cancellationToken))[0];
        var draft = new Order { UserId = user.Id, Status = OrderStatus.Placed, Total = 42.50m };

        var placed = await chapter.ShowAsync(
            Database.Neon, () => db.Orders.InsertAsync(draft, cancellationToken), order => new($"key {order.Id}, version {order.Version}", 1));
        var paid = await chapter.ShowAsync(
            Database.Neon, () => db.Orders.UpdateAsync(placed with { Status = OrderStatus.Paid }, cancellationToken), order => new($"{order.Status}, version {order.Version}", 1));
        await chapter.ShowAsync(
            Database.Neon, () => db.Orders.UpsertAsync(paid with { Total = 40m }, cancellationToken), order => new($"overwritten: {order.Total}, version {order.Version}", 1));
        await chapter.ShowAsync(
            Database.Neon, () => db.Categories.UpsertAsync(new Category(900, "Gift cards"), cancellationToken), category => new($"inserted: {category.Name}", 1));
        await chapter.ShowAsync(
            Database.Neon, () => db.Orders.DeleteAsync(placed.Id, cancellationToken), deleted => new(deleted ? "deleted" : "no such row", deleted ? 1 : 0));
        await chapter.ShowAsync(
            Database.Neon, () => db.Orders.DeleteAsync(placed.Id, cancellationToken), deleted => new(deleted ? "deleted" : "no such row", deleted ? 1 : 0));
        await chapter.ShowFailureAsync<EntityNotFoundException>(
            Database.Neon, () => db.Orders.UpdateAsync(paid, cancellationToken), failure => failure.Describe());
    }

    private static async Task SupabaseAsync(Chapter chapter, ShopDb db, CancellationToken cancellationToken)
    {
        var draft = new Profile { Id = Guid.NewGuid(), Email = "grace@example.com", DisplayName = "Grace Vidal", City = "Lyon" };

        var grace = await chapter.ShowAsync(
            Database.Supabase, () => db.Profiles.InsertAsync(draft, cancellationToken), profile => new($"version {profile.Version}", 1));
        await chapter.ShowAsync(
            Database.Supabase, () => db.Profiles.UpdateAsync(grace with { City = "Nantes" }, cancellationToken), profile => new($"{profile.City}, version {profile.Version}", 1));

        var preference = new Preference { UserId = grace.Id, Theme = Theme.Dark, LanguageTag = "fr", Notifications = new(OrderUpdates: true, Newsletter: false, ["email"]) };
        await chapter.ShowAsync(
            Database.Supabase, () => db.Preferences.UpsertAsync(preference, cancellationToken), stored => new($"inserted: {stored.Theme}", 1));
        await chapter.ShowAsync(
            Database.Supabase, () => db.Preferences.UpsertAsync(preference with { Theme = Theme.Light }, cancellationToken), stored => new($"overwritten: {stored.Theme}", 1));
        await chapter.ShowAsync(
            Database.Supabase, () => db.Preferences.DeleteAsync(grace.Id, cancellationToken), deleted => new(deleted ? "deleted" : "no such row", deleted ? 1 : 0));
        await chapter.ShowFailureAsync<ConstraintViolationException>(
            Database.Supabase, () => db.Profiles.InsertAsync(draft with { Id = Guid.NewGuid() }, cancellationToken), failure => failure.Describe());
    }
}
