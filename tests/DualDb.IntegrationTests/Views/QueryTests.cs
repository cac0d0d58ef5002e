using DualDb.IntegrationTests.Views.Models;
using DualDb.Testing;

namespace DualDb.IntegrationTests.Views;

/// <summary>Views by conditions on their members, in whichever database those are.</summary>
public sealed class QueryTests(Market market) : IClassFixture<Market>
{
    [Fact]
    public async Task A_condition_on_the_root_an_order_and_a_limit()
    {
        using var counter = StatementCounter.Start();

        var histories = await market.Db.PurchaseHistories
            .Where(v => v.Buyer.City == "Bangkok")
            .OrderByDescending(u => u.Id)
            .Take(3)
            .ToListAsync();

        Assert.Equal([30, 27, 24], histories.Select(static history => Market.NumberOf(history.Buyer)));
        Assert.All(histories, static history => Assert.Equal(Market.PurchasesOf(Market.NumberOf(history.Buyer)), history.Purchases.Select(static purchase => purchase.Id)));

        // The shoppers; then purchases and settings side by side.
        Assert.Equal(3, counter.Count);
    }

    [Fact]
    public async Task All_views_come_in_the_order_of_their_keys()
        => Assert.Equal(
            Enumerable.Range(1, Market.Shoppers).Select(Market.Shopper),
            (await market.Db.PurchaseHistories.Query().ToListAsync()).Select(static history => history.Buyer.Id));

    [Fact]
    public async Task A_condition_on_a_list_of_the_other_database_keeps_views_with_such_a_row_and_all_their_rows()
    {
        using var counter = StatementCounter.Start();

        var histories = await market.Db.PurchaseHistories.Where(v => v.Purchases.Total < 80m).ToListAsync();

        Assert.Equal(Enumerable.Range(1, Market.Shoppers).Where(static number => number % 4 == 3), histories.Select(static history => Market.NumberOf(history.Buyer)));
        Assert.All(histories, static history => Assert.Equal(3, history.Purchases.Count));

        // The keys of the buyers, their rows, and the rest side by side.
        Assert.Equal(4, counter.Count);
        Assert.StartsWith("select distinct buyer_id\nfrom public.purchases\nwhere total < $1", counter.Statements[0], StringComparison.Ordinal);
        Assert.Contains("id = any($1", counter.Statements[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_condition_on_a_row_of_the_other_database_is_asked_for_first()
    {
        using var counter = StatementCounter.Start();

        var details = await market.Db.PurchaseDetails.Where(v => v.Buyer.City == "Bangkok").ToListAsync();

        Assert.Equal(Enumerable.Range(1, Market.Shoppers).Where(static number => number % 3 == 0).SelectMany(Market.PurchasesOf), details.Select(static view => view.Purchase.Id));
        Assert.Contains("public.shoppers", counter.Statements[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conditions_on_both_databases_meet_and_the_selective_side_goes_first()
    {
        await market.Place.ExecuteAsync(Database.Neon, "analyze public.purchases");
        await market.Place.ExecuteAsync(Database.Supabase, "analyze public.shoppers");
        using var selectiveRoot = StatementCounter.Start();
        var one = await market.Db.PurchaseHistories.Where(v => v.Buyer.Name == "Shopper 7").Where(v => v.Purchases.Total > 0m).ToListAsync();
        var statements = selectiveRoot.Statements;
        selectiveRoot.Dispose();
        using var selectiveMember = StatementCounter.Start();
        var other = await market.Db.PurchaseHistories.Where(v => v.Buyer.Name != "Shopper 8").Where(v => v.Purchases.Id == 71).ToListAsync();

        Assert.Equal([7], one.Select(static history => Market.NumberOf(history.Buyer)));
        Assert.Equal([7], other.Select(static history => Market.NumberOf(history.Buyer)));

        // Both planners are asked; then the one shopper's key narrows the purchases, or the one purchase's key the shoppers.
        Assert.Equal(2, statements.Count(static sql => sql.StartsWith("explain", StringComparison.Ordinal)));
        Assert.StartsWith("select distinct id\nfrom public.shoppers", statements[2], StringComparison.Ordinal);
        Assert.Contains("buyer_id = any($2", statements[3], StringComparison.Ordinal);
        Assert.StartsWith("select distinct buyer_id\nfrom public.purchases", selectiveMember.Statements[2], StringComparison.Ordinal);
        Assert.Contains("id = any($2", selectiveMember.Statements[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_condition_reaches_the_root_through_a_list()
    {
        var overviews = await market.Db.Overviews.Where(v => v.Couriers.Name == "Ace").ToListAsync();

        Assert.Equal(Enumerable.Range(1, Market.Shoppers).Where(static number => number % 4 >= 1), overviews.Select(static view => Market.NumberOf(view.Buyer)));
    }

    [Fact]
    public async Task Two_members_of_one_entity_have_conditions_of_their_own()
    {
        var letters = await market.Db.Letters.Where(v => v.Sender.City == "Bangkok").Where(v => v.Recipient.Name == "Shopper 10" || v.Recipient.Name == "Shopper 11").ToListAsync();
        var none = await market.Db.Letters.Where(v => v.Sender.Name == "Shopper 1").Where(v => v.Sender.Name == "Shopper 2").ToListAsync();

        Assert.Equal([9L], letters.Select(static letter => letter.Message.Id));
        Assert.Empty(none);
        var mixed = Assert.Throws<ArgumentException>(() => market.Db.Letters.Where(v => v.Sender.Name == "Shopper 1" || v.Recipient.Name == "Shopper 1"));
        Assert.Contains("Chain a Where for each member", mixed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_condition_made_elsewhere_finds_its_only_member()
    {
        var bangkok = ShopperColumns.Where(s => s.City == "Bangkok");

        Assert.Equal(10, await market.Db.PurchaseHistories.Where(_ => bangkok).CountAsync());
        Assert.Throws<ArgumentException>(() => market.Db.Letters.Where(_ => bangkok));
    }

    [Fact]
    public async Task Pages_follow_each_other_forwards_and_backwards_across_both_databases()
    {
        var query = market.Db.PurchaseHistories.Where(v => v.Purchases.Total < 90m).OrderBy(u => u.City).ThenByDescending(u => u.Id);
        var all = await query.ToListAsync();
        var seen = new List<PurchaseHistory>();
        var page = await query.ToPageAsync(4);
        var first = page;
        while (true)
        {
            seen.AddRange(page.Items);
            if (page.Next is null)
            {
                break;
            }

            page = await query.ToPageAsync(4, page.Next);
        }

        Assert.Equal(15, all.Count);
        Assert.Equal(all.Select(static history => history.Buyer.Id), seen.Select(static history => history.Buyer.Id));
        var second = await query.ToPageAsync(4, first.Next);
        var back = await query.ToPageAsync(4, second.Previous);
        Assert.Equal(first.Items.Select(static history => history.Buyer.Id), back.Items.Select(static history => history.Buyer.Id));
    }

    [Fact]
    public async Task A_cursor_belongs_to_its_query_whichever_member_differs()
    {
        var page = await market.Db.PurchaseHistories.Where(v => v.Purchases.Total < 90m).ToPageAsync(4);
        using var counter = StatementCounter.Start();

        await Assert.ThrowsAsync<InvalidCursorException>(() => market.Db.PurchaseHistories.Where(v => v.Purchases.Total < 91m).ToPageAsync(4, page.Next));
        await Assert.ThrowsAsync<InvalidCursorException>(() => market.Db.PurchaseHistories.Query().ToPageAsync(4, page.Next));
        await Assert.ThrowsAsync<InvalidCursorException>(() => market.Db.PurchaseHistories.Where(v => v.Purchases.Total < 90m).OrderBy(u => u.City).ToPageAsync(4, page.Next));
        await Assert.ThrowsAsync<InvalidCursorException>(() => market.Db.PurchaseHistories.Query().ToPageAsync(4, "edited" + page.Next));

        Assert.Equal(0, counter.Count);
    }

    [Fact]
    public async Task Counting_the_first_and_streaming()
    {
        var query = market.Db.PurchaseHistories.Where(v => v.Purchases.Total < 80m);

        Assert.Equal(7, await query.CountAsync());
        Assert.Equal(5, await query.Take(5).CountAsync());
        Assert.Equal(3, Market.NumberOf((await query.FirstOrDefaultAsync())!.Buyer));
        Assert.Null(await query.Where(v => v.Buyer.City == "Nowhere").FirstOrDefaultAsync());
        Assert.Equal(
            [27, 23, 19, 15, 11, 7, 3],
            (await query.OrderByDescending(u => u.Id).StreamAsync(2).ToListAsync()).Select(static history => Market.NumberOf(history.Buyer)));
    }

    [Fact]
    public async Task The_key_breaks_ties_the_same_way_however_views_are_read()
    {
        var query = market.Db.PurchaseHistories.Query().OrderByDescending(u => u.City);
        var expected = (await query.ToListAsync()).Select(static history => history.Buyer.Id).ToArray();

        Assert.Equal(expected, (await query.ToPageAsync(Market.Shoppers)).Items.Select(static history => history.Buyer.Id));
        Assert.Equal(expected, (await query.StreamAsync(4).ToListAsync()).Select(static history => history.Buyer.Id));
        Assert.Equal(expected[0], (await query.FirstOrDefaultAsync())!.Buyer.Id);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(500)]
    public async Task A_stream_keeps_the_limit_of_its_query(int chunkSize)
        => Assert.Equal(
            Enumerable.Range(1, 5).Select(Market.Shopper),
            (await market.Db.PurchaseHistories.Query().Take(5).StreamAsync(chunkSize).ToListAsync()).Select(static history => history.Buyer.Id));

    [Fact]
    public async Task The_first_view_is_the_first_that_does_not_skip_itself()
    {
        // The courier of purchase 22 is gone; that of purchase 31 is there.
        var query = market.Db.Delivereds.Where(v => v.Purchase.Id >= 22L);

        Assert.Equal(31, (await query.FirstOrDefaultAsync())!.Purchase.Id);
        Assert.Equal(31, (await query.Take(2).FirstOrDefaultAsync())!.Purchase.Id);
        Assert.Null(await query.Take(1).FirstOrDefaultAsync());
        Assert.Null(await market.Db.Delivereds.Where(v => v.Purchase.CourierCode == "GONE").FirstOrDefaultAsync());
    }

    [Fact]
    public async Task What_decides_the_query_sends_nothing()
    {
        using var counter = StatementCounter.Start();
        var query = market.Db.PurchaseHistories.Where(v => v.Purchases.Id.In([]));

        Assert.Empty(await query.ToListAsync());
        Assert.Equal(0, await query.CountAsync());
        Assert.Empty((await query.ToPageAsync(3)).Items);
        Assert.Empty(await query.StreamAsync().ToListAsync());
        Assert.Throws<ArgumentOutOfRangeException>(() => query.Take(0));
        Assert.Throws<InvalidEntityException>(() => market.Db.PurchaseHistories.Where(v => v.Buyer.City == "a\0b"));
        Assert.Equal(0, counter.Count);
    }
}
