using System.Data;
using DualDb;
using Storefront.Models;

namespace Storefront.Tour;

/// <summary>Transactions, each in one database.</summary>
internal static class Transactions
{
    private const string Title = "Transactions";
    private const string About =
        "BeginNeonAsync gives a NeonTransaction, BeginSupabaseAsync a SupabaseTransaction. Handing one to a repository of the other database does not compile.";

    public static async Task RunAsync(Guide guide, CancellationToken cancellationToken)
    {
        await using var chapter = guide.Begin(Title, About);
        var db = guide.Db;
        var user = (await db.Profiles.ListAsync(limit: 1, cancellationToken))[0];
        var product = (await db.Products.ListAsync(limit: 1, cancellationToken))[0];

        await chapter.ShowAsync(Database.Neon, () => PlaceOrderAsync(db, user, product, cancellationToken), text => text);
        await chapter.ShowAsync(Database.Neon, () => ChangeOnesMindAsync(db, user, cancellationToken), text => text);
        await chapter.ShowAsync(Database.Neon, () => SkipWhatFailsAsync(db, product, cancellationToken), text => text);
        await chapter.ShowAsync(Database.Supabase, () => SignUpAsync(db, cancellationToken), text => text);
        await chapter.ShowAsync(Database.Supabase, () => ChangeOnesMindAsync(db, cancellationToken), text => text);
    }

    /// <summary>Order, position and stock belong together; the receipt goes out when all of it is committed.</summary>
    private static async Task<string> PlaceOrderAsync(ShopDb db, Profile user, Product product, CancellationToken cancellationToken)
    {
        var receipts = 0;
        await using var transaction = await db.BeginNeonAsync(cancellationToken);

        var order = await db.Orders.InsertAsync(
            new Order { UserId = user.Id, Status = OrderStatus.Paid, Total = 2 * product.Price }, transaction, cancellationToken);
        await db.OrderLines.InsertAsync(new OrderLine(order.Id, 1, product.Id, 2, product.Price), transaction, cancellationToken);
        var stock = await db.StockLevels.GetAsync((product.Id, Warehouse.Lyon), transaction, cancellationToken);
        stock.Reserved += 2;
        await db.StockLevels.UpdateAsync(stock, transaction, cancellationToken);
        transaction.OnCommitted(() => receipts++);

        var before = receipts;
        await transaction.CommitAsync(cancellationToken);
        return $"committed three writes; OnCommitted sent {before} receipts before and {receipts} after";
    }

    /// <summary>Disposing of a transaction that was not committed rolls it back.</summary>
    private static async Task<string> ChangeOnesMindAsync(ShopDb db, Profile user, CancellationToken cancellationToken)
    {
        var before = await db.Orders.CountAsync(cancellationToken);
        await using (var transaction = await db.BeginNeonAsync(cancellationToken))
        {
            await db.Orders.InsertAsync(new Order { UserId = user.Id, Status = OrderStatus.Placed, Total = 1 }, transaction, cancellationToken);
        }

        var after = await db.Orders.CountAsync(cancellationToken);
        return $"left without a commit: {after - before} orders more than before";
    }

    /// <summary>A failed statement undoes only what came after the savepoint.</summary>
    private static async Task<string> SkipWhatFailsAsync(ShopDb db, Product product, CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginNeonAsync(cancellationToken);
        var first = await db.Products.InsertAsync(product with { Id = 0, Sku = "NEW-1", Version = 0 }, transaction, cancellationToken);

        var savepoint = await transaction.SavepointAsync("before_duplicate", cancellationToken);
        await Failure.OfAsync<ConstraintViolationException>(
            () => db.Products.InsertAsync(first with { Id = 0 }, transaction, cancellationToken));
        await savepoint.RollbackAsync(cancellationToken);

        await db.Products.InsertAsync(product with { Id = 0, Sku = "NEW-2", Version = 0 }, transaction, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        var stored = await db.Products.FindBySkuAsync("NEW-2", cancellationToken);
        return $"a duplicate SKU was rolled back to the savepoint; {first.Sku} and {stored!.Sku} are committed";
    }

    private static async Task<string> SignUpAsync(ShopDb db, CancellationToken cancellationToken)
    {
        await using var transaction = await db.BeginSupabaseAsync(IsolationLevel.Serializable, cancellationToken);
        var profile = await db.Profiles.InsertAsync(
            new Profile { Id = Guid.NewGuid(), Email = "linus@example.com", DisplayName = "Linus Berg" }, transaction, cancellationToken);
        await db.Preferences.InsertAsync(
            new Preference { UserId = profile.Id, LanguageTag = "sv", Notifications = new(OrderUpdates: true, Newsletter: true, ["email"]) },
            transaction,
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return $"{transaction.IsolationLevel}: {profile.DisplayName} and preferences, or neither";
    }

    private static async Task<string> ChangeOnesMindAsync(ShopDb db, CancellationToken cancellationToken)
    {
        var before = await db.Profiles.CountAsync(cancellationToken);
        await using (var transaction = await db.BeginSupabaseAsync(cancellationToken))
        {
            await db.Profiles.InsertAsync(
                new Profile { Id = Guid.NewGuid(), Email = "nobody@example.com", DisplayName = "Nobody" }, transaction, cancellationToken);
            await transaction.RollbackAsync(cancellationToken);
        }

        var after = await db.Profiles.CountAsync(cancellationToken);
        return $"rolled back: {after - before} profiles more than before";
    }
}
