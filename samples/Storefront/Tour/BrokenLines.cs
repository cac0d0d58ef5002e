using DualDb;
using Storefront.Models;
using Storefront.Setup;

namespace Storefront.Tour;

/// <summary>What happens when the line to a database breaks.</summary>
internal static class BrokenLines
{
    private const string Title = "Broken connections";
    private const string About =
        "A proxy before each database cuts the pooled connections. A read is sent again at once, on a new one. A write whose reply was lost is never repeated: it may have been applied.";

    public static async Task RunAsync(Guide guide, CancellationToken cancellationToken)
    {
        await using var chapter = guide.Begin(Title, About);
        if (await ProxiedShop.ObstacleAsync(guide.Db, cancellationToken) is { } obstacle)
        {
            chapter.Skip(obstacle);
            return;
        }

        await using var shop = await ProxiedShop.OpenAsync(guide.Db, guide.Databases, cancellationToken);
        await NeonAsync(chapter, shop, cancellationToken);
        await SupabaseAsync(chapter, shop, cancellationToken);
        await LostReplyAsync(chapter, shop, cancellationToken);
    }

    private static async Task NeonAsync(Chapter chapter, ProxiedShop shop, CancellationToken cancellationToken)
    {
        var db = shop.Db;
        using var retries = RetryCounter.Start();
        var order = (await db.Orders.ListAsync(limit: 1, cancellationToken))[0];
        await shop.NeonLine.CutAsync();
        await chapter.ShowAsync(
            Database.Neon, () => db.Orders.GetAsync(order.Id, cancellationToken), found => new($"cut, retried {retries.Take()} time, found order {found.Id}", 1));
    }

    private static async Task SupabaseAsync(Chapter chapter, ProxiedShop shop, CancellationToken cancellationToken)
    {
        var db = shop.Db;
        using var retries = RetryCounter.Start();
        var profile = (await db.Profiles.ListAsync(limit: 1, cancellationToken))[0];
        await shop.SupabaseLine.CutAsync();
        await chapter.ShowAsync(
            Database.Supabase, () => db.Profiles.GetAsync(profile.Id, cancellationToken), found => new($"cut, retried {retries.Take()} time, found {found.DisplayName}", 1));
    }

    /// <summary>The worst case: the commit arrives, its reply does not.</summary>
    private static async Task LostReplyAsync(Chapter chapter, ProxiedShop shop, CancellationToken cancellationToken)
    {
        var db = shop.Db;
        var category = new Category(901, "Seconds");
        await using var transaction = await db.BeginNeonAsync(cancellationToken);
        await db.Categories.InsertAsync(category, transaction, cancellationToken);
        shop.NeonLine.DropNextReply();
        await chapter.ShowFailureAsync<CommitOutcomeUnknownException>(
            Database.Neon, () => transaction.CommitAsync(cancellationToken), failure => failure.Describe());
        await chapter.ShowAsync(
            Database.Neon, () => db.Categories.FindAsync(category.Id, cancellationToken), found => new(found is null ? "so look: it was not applied" : "so look: it was applied", found is null ? 0 : 1));
    }
}
