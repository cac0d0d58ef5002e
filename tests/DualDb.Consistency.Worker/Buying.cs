using DualDb.Consistency.Events;

namespace DualDb.Consistency.Worker;

/// <summary>The transactions of buyers.</summary>
/// <remarks>
/// A buyer's transactions wait for each other, as they would on a row of his. One of unknown outcome may still be on its way to the database when the next one begins: without the lock it could commit
/// after that, and the order of the two would be nobody's fault.
/// </remarks>
internal static class Buying
{
    /// <returns>Whether it was committed.</returns>
    public static async Task<bool> BuyInShopAsync(this WorkerDb db, string buyer, long number, bool regrets)
    {
        await using var transaction = await db.BeginNeonAsync();
        await transaction.ExecuteAsync($"select pg_advisory_xact_lock(hashtextextended({buyer}, 0))");
        await db.Purchases.InsertAsync(new Purchase { Buyer = buyer, Number = number }, transaction);
        return await EndAsync(transaction, new PurchaseMade(number, buyer), regrets);
    }

    /// <returns>Whether it was committed.</returns>
    public static async Task<bool> BuyOnMarketAsync(this WorkerDb db, string buyer, long number, bool regrets)
    {
        await using var transaction = await db.BeginSupabaseAsync();
        await transaction.ExecuteAsync($"select pg_advisory_xact_lock(hashtextextended({buyer}, 0))");
        await db.MarketPurchases.InsertAsync(new MarketPurchase { Buyer = buyer, Number = number }, transaction);
        return await EndAsync(transaction, new PurchaseMade(number, buyer), regrets);
    }

    private static async Task<bool> EndAsync(DatabaseTransaction transaction, PurchaseMade purchase, bool regrets)
    {
        transaction.Publish(purchase, key: purchase.Buyer);
        if (!regrets)
        {
            await transaction.CommitAsync();
        }

        return !regrets;
    }
}
