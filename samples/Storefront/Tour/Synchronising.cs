using DualDb;
using DualDb.Consistency.Sync;
using DualDb.Consistency.Sync.Verification;
using Storefront.Models;
using Storefront.Setup;

namespace Storefront.Tour;

/// <summary>Rows that are in both databases.</summary>
internal static class Synchronising
{
    private const string Title = "Synchronising";
    private const string About =
        "Orders of Neon have a summary in Supabase, and profiles of Supabase a customer in Neon. A trigger logs each change, whoever makes it; a node carries it to the other side, once. Whether both are equal is not believed but compared.";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(Guide guide, CancellationToken cancellationToken)
    {
        await using var chapter = guide.Begin(Title, About);
        if (await ProxiedShop.ObstacleAsync(guide.Db, cancellationToken) is { } obstacle)
        {
            chapter.Skip(obstacle);
            return;
        }

        await using var shop = await ProxiedShop.OpenAsync(guide.Db, guide.Databases, cancellationToken);
        await guide.Db.Sync.InstallAsync(cancellationToken);
        await using (var node = await SyncNode.StartAsync(shop, cancellationToken))
        {
            await FillAsync(chapter, node.Db, cancellationToken);
            await FollowAsync(chapter, guide.Db, cancellationToken);
            await CutAsync(chapter, guide.Db, shop, cancellationToken);
            await RepairAsync(chapter, guide.Db, cancellationToken);
        }

        await DisagreeAsync(chapter, guide, shop, cancellationToken);
    }

    private static Task FillAsync(Chapter chapter, ShopDb db, CancellationToken cancellationToken)
        => chapter.ShowAsync(database: null, () => FilledAsync(db, cancellationToken), rows => new("rows that were there before", rows), "db.Sync.BackfillAsync()");

    private static async Task<long> FilledAsync(ShopDb db, CancellationToken cancellationToken)
    {
        await db.Sync.BackfillAsync(cancellationToken: cancellationToken);
        return await db.OrderCards.CountAsync(cancellationToken) + await db.Customers.CountAsync(cancellationToken);
    }

    /// <summary>A write on one side, read on the other.</summary>
    private static async Task FollowAsync(Chapter chapter, ShopDb db, CancellationToken cancellationToken)
    {
        var user = (await db.Profiles.ListAsync(limit: 1, cancellationToken))[0];
        var order = await db.Orders.InsertAsync(new Order { UserId = user.Id, Status = OrderStatus.Placed, Total = 49.90m }, cancellationToken);
        var token = await db.Sync.TokenAsync(Database.Neon, cancellationToken);
        await chapter.ShowAsync(
            database: null, () => ArrivedAsync(db, order.Id, token, cancellationToken), card => new($"order {card.Id} of {card.Total}, in Supabase", 1), "db.Sync.WaitForSyncAsync(token, timeout)");
    }

    private static async Task<OrderCard> ArrivedAsync(ShopDb db, long id, SyncToken token, CancellationToken cancellationToken)
    {
        await db.Sync.WaitForSyncAsync(token, Patience, cancellationToken);
        return await db.OrderCards.GetAsync(id, cancellationToken);
    }

    /// <summary>Supabase is away: what is written meanwhile waits, and arrives when it is back.</summary>
    private static async Task CutAsync(Chapter chapter, ShopDb db, ProxiedShop shop, CancellationToken cancellationToken)
    {
        shop.SupabaseLine.RefuseConnections = true;
        await shop.SupabaseLine.CutAsync();
        await chapter.ShowAsync(
            Database.Neon,
            () => db.Orders.Where(o => o.Status == OrderStatus.Placed).UpdateAsync(set => set.Status(OrderStatus.Paid), cancellationToken),
            paid => new("paid while no node reaches Supabase", paid));
        var waiting = (await db.Sync.StatusAsync(cancellationToken)).Single(static status => status.Source == Database.Neon);
        shop.SupabaseLine.RefuseConnections = false;
        await chapter.ShowAsync(
            database: null, () => CaughtUpAsync(db, cancellationToken), left => new($"caught up with {waiting.Pending} changes: {left} summaries still say Placed"), "db.Sync.WaitForSyncAsync(token, timeout)");
    }

    private static async Task<long> CaughtUpAsync(ShopDb db, CancellationToken cancellationToken)
    {
        await db.Sync.WaitForSyncAsync(await db.Sync.TokenAsync(Database.Neon, cancellationToken), Patience, cancellationToken);
        return await db.OrderCards.Where(card => card.Status == OrderStatus.Placed).CountAsync(cancellationToken);
    }

    /// <summary>Somebody writes the summary itself: nothing tells, and the comparison finds it.</summary>
    private static async Task RepairAsync(Chapter chapter, ShopDb db, CancellationToken cancellationToken)
    {
        var card = (await db.OrderCards.ListAsync(limit: 1, cancellationToken))[0];
        await db.Supabase.ExecuteAsync($"update storefront.order_summaries set total = 0.01 where id = {card.Id}", cancellationToken);
        var report = await chapter.ShowAsync(
            database: null, () => db.Sync.VerifyAsync(cancellationToken: cancellationToken), found => new(Said(found), found.Maps.Sum(static map => map.SourceRows)), "db.Sync.VerifyAsync()");
        await chapter.ShowAsync(
            database: null, () => db.Sync.RepairAsync(report, cancellationToken: cancellationToken), actions => new(string.Join(", ", actions.Select(static action => $"{action.Action} {action.Difference.Key}")), actions.Count), "db.Sync.RepairAsync(report)");
        await chapter.ShowAsync(database: null, () => db.Sync.VerifyAsync(cancellationToken: cancellationToken), found => new(Said(found)), "db.Sync.VerifyAsync()");
    }

    private static string Said(VerificationReport report)
        => report.IsEqual ? "both sides are equal" : string.Join(", ", report.Maps.SelectMany(static map => map.Differences).Select(static difference => $"{difference.Map} {difference.Key}: {difference.Kind}"));

    /// <summary>Both sides change one row while no node runs: neither change is lost, and the decision is kept.</summary>
    private static async Task DisagreeAsync(Chapter chapter, Guide guide, ProxiedShop shop, CancellationToken cancellationToken)
    {
        var db = guide.Db;
        var profile = (await db.Profiles.ListAsync(limit: 1, cancellationToken))[0];
        var customer = await db.Customers.GetAsync(profile.Id, cancellationToken);
        await db.Profiles.UpdateAsync(profile with { City = "Faro" }, cancellationToken);
        await db.Customers.UpdateAsync(customer with { DisplayName = customer.DisplayName + " (VIP)" }, cancellationToken);
        await using var node = await SyncNode.StartAsync(shop, cancellationToken);
        await chapter.ShowAsync(
            database: null,
            () => AgreedAsync(db, profile.Id, cancellationToken),
            both => new($"{both.Profile.DisplayName} of {both.Profile.City} on both sides, decided by {both.Conflict.Policy}", 2),
            "both sides changed one row");
    }

    private static async Task<(Profile Profile, StoredConflict Conflict)> AgreedAsync(ShopDb db, Guid id, CancellationToken cancellationToken)
    {
        // There, back with what was decided, and there again.
        foreach (var source in new[] { Database.Neon, Database.Supabase, Database.Neon })
        {
            await db.Sync.WaitForSyncAsync(await db.Sync.TokenAsync(source, cancellationToken), Patience, cancellationToken);
        }

        var (profile, customer) = (await db.Profiles.GetAsync(id, cancellationToken), await db.Customers.GetAsync(id, cancellationToken));
        return (profile.DisplayName, profile.City) == (customer.DisplayName, customer.City)
            ? (profile, (await db.Sync.Conflicts.ListAsync("customers", limit: 1, cancellationToken: cancellationToken))[0])
            : throw new InvalidOperationException("The sides differ.");
    }
}
