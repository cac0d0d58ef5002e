using DualDb.IntegrationTests.Views.Models;
using DualDb.Testing;

namespace DualDb.IntegrationTests.Views;

/// <summary>Rows with what they refer to, and what refers to them, across both databases.</summary>
public sealed class JoinTests(Market market) : IClassFixture<Market>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Finds_what_each_row_refers_to_in_one_statement()
    {
        var purchases = await market.Db.Purchases.ListAsync(100, Token);
        using var counter = StatementCounter.Start();

        var rows = await market.Db.Purchases.WithShopperAsync(purchases, Token);

        Assert.Equal(1, counter.Count);
        Assert.Equal(purchases, rows.Select(static row => row.Purchase));
        Assert.All(rows, static row => Assert.Equal(row.Purchase.BuyerId, row.Shopper!.Id));
    }

    [Fact]
    public async Task Leaves_null_beside_a_row_that_refers_to_nothing_or_to_what_is_gone()
    {
        var purchases = await market.Db.Purchases.ListAsync(100, Token);

        var rows = await market.Db.Purchases.WithCourierAsync(purchases, Token);

        Assert.Contains(rows, static row => row.Purchase.CourierCode is null);
        Assert.Contains(rows, static row => string.Equals(row.Purchase.CourierCode, "GONE", StringComparison.Ordinal));
        Assert.All(rows, static row => Assert.Equal(string.Equals(row.Purchase.CourierCode, "ACE", StringComparison.Ordinal) ? "Ace" : null, row.Courier?.Name));
    }

    [Fact]
    public async Task Lists_by_a_condition_with_one_statement_per_entity()
    {
        using var counter = StatementCounter.Start();

        var rows = await market.Db.Purchases.ListWithVoucherAsync(static purchase => purchase.Total > 85m, Token);

        Assert.Equal(2, counter.Count);
        Assert.NotEmpty(rows);
        Assert.All(rows, static row => Assert.Equal(row.Purchase.VoucherId, row.Voucher?.Id));
    }

    [Fact]
    public async Task Finds_what_refers_to_each_row_in_one_statement()
    {
        var shoppers = await market.Db.Shoppers.ListAsync(100, Token);
        using var counter = StatementCounter.Start();

        var rows = await market.Db.Shoppers.WithPurchasesAsync(shoppers, Token);

        Assert.Equal(1, counter.Count);
        Assert.Equal(shoppers, rows.Select(static row => row.Shopper));
        Assert.All(rows, static row => Assert.All(row.Purchases, purchase => Assert.Equal(row.Shopper.Id, purchase.BuyerId)));
        Assert.Equal(Enumerable.Range(1, Market.Shoppers).Sum(static number => number % 4), rows.Sum(static row => row.Purchases.Count));
    }

    [Fact]
    public async Task Sends_nothing_for_no_rows()
    {
        using var counter = StatementCounter.Start();

        Assert.Empty(await market.Db.Purchases.WithShopperAsync([], Token));
        Assert.Empty(await market.Db.Shoppers.WithPurchasesAsync([], Token));
        Assert.Equal(0, counter.Count);
    }

    [Fact]
    public async Task Says_so_where_the_other_database_is_not_at_hand()
    {
        var alone = new PurchaseRepository(market.Db.Neon);
        var purchases = await alone.ListAsync(1, Token);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => alone.WithShopperAsync(purchases, Token));

        Assert.Contains("Supabase", failure.Message, StringComparison.Ordinal);
        Assert.NotNull((await alone.WithVoucherAsync(purchases, Token))[0].Purchase);
    }
}
