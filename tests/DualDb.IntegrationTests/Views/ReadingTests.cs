using DualDb.IntegrationTests.Views.Models;
using DualDb.Testing;

namespace DualDb.IntegrationTests.Views;

/// <summary>Views by their keys, and what they cost.</summary>
public sealed class ReadingTests(Market market) : IClassFixture<Market>
{
    [Fact]
    public async Task One_view_takes_one_statement_per_database()
    {
        await market.Db.PurchaseHistories.GetAsync(Market.Shopper(2));
        using var counter = StatementCounter.Start();

        var history = await market.Db.PurchaseHistories.GetAsync(Market.Shopper(3));

        Assert.Equal("Shopper 3", history.Buyer.Name);
        Assert.Equal([31L, 32L, 33L], history.Purchases.Select(static purchase => purchase.Id));
        Assert.Null(history.Settings);
        Assert.Equal(90 + 80 + 70, history.Spent);
        Assert.Equal(2, counter.Count);
    }

    [Fact]
    public async Task A_view_without_a_root_row_is_null_or_an_exception()
    {
        var missing = Guid.NewGuid();

        Assert.Null(await market.Db.PurchaseHistories.FindAsync(missing));
        var exception = await Assert.ThrowsAsync<EntityNotFoundException>(async () => await market.Db.PurchaseHistories.GetAsync(missing));
        Assert.Equal(("Shopper", (object)missing, (Database?)Database.Supabase), (exception.Entity, exception.Key, exception.Database));
    }

    [Fact]
    public async Task Many_views_take_two_statements_and_keep_the_order_of_their_keys()
    {
        Guid[] keys = [.. Enumerable.Range(1, Market.Shoppers).Reverse().Select(Market.Shopper), Guid.NewGuid(), Market.Shopper(3)];
        using var counter = StatementCounter.Start();

        var histories = await market.Db.PurchaseHistories.ListAsync(keys);

        Assert.Equal(2, counter.Count);
        Assert.Equal([.. Enumerable.Range(1, Market.Shoppers).Reverse().Select(Market.Shopper), Market.Shopper(3)], histories.Select(static history => history.Buyer.Id));
        Assert.All(histories, static history => Assert.Equal(Market.PurchasesOf(int.Parse(history.Buyer.Name[8..], null)), history.Purchases.Select(static purchase => purchase.Id)));
    }
}
