using DualDb.IntegrationTests.Views.Models;
using DualDb.Testing;

namespace DualDb.IntegrationTests.Views;

/// <summary>Views by their keys, and what they cost.</summary>
public sealed class ReadingTests(Market market) : IClassFixture<Market>
{
    [Fact]
    public async Task One_view_takes_one_statement_per_database()
    {
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
        Assert.All(histories, static history => Assert.Equal(Market.PurchasesOf(Market.NumberOf(history.Buyer)), history.Purchases.Select(static purchase => purchase.Id)));
        Assert.All(histories, static history => Assert.Equal(Market.NumberOf(history.Buyer) % 2 == 0, history.Settings is not null));
    }

    [Fact]
    public async Task No_keys_take_no_statement()
    {
        using var counter = StatementCounter.Start();

        Assert.Empty(await market.Db.PurchaseHistories.ListAsync([]));

        Assert.Equal(0, counter.Count);
    }

    [Fact]
    public async Task Bad_keys_are_refused_before_anything_is_sent()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await market.Db.PurchaseHistories.ListAsync(null!));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await market.Db.CourierRounds.FindAsync(null!));
        using var counter = StatementCounter.Start();

        var nothing = await Assert.ThrowsAsync<ArgumentException>(() => market.Db.CourierRounds.ListAsync(["ACE", null!]));
        var nul = await Assert.ThrowsAsync<InvalidEntityException>(async () => await market.Db.CourierRounds.GetAsync("A\0"));
        var half = await Assert.ThrowsAsync<InvalidEntityException>(() => market.Db.CourierRounds.ListAsync(["ACE", "\ud800"]));

        Assert.Contains("Key 1 is null", nothing.Message, StringComparison.Ordinal);
        Assert.Equal("code", nul.Column);
        Assert.Equal("Courier", half.Entity);
        Assert.Equal(0, counter.Count);
    }

    [Fact]
    public async Task Every_kind_of_link_is_followed()
    {
        using var counter = StatementCounter.Start();

        var details = await market.Db.PurchaseDetails.GetAsync(31);

        Assert.Equal(("Shopper 3", "Ace", 5m, 1031L), (details.Buyer.Name, details.Courier?.Name, details.Voucher!.Discount, details.Receipt!.Number));
        Assert.Equal([1, 2], details.Lines.Select(static line => line.Line.Number));
        Assert.All(details.Lines, static line => Assert.Equal(line.Line.WareId, line.Ware.Id));
        Assert.All(details.Lines, static line => Assert.Equal(Market.ReviewsOf(line.Ware.Id), line.Reviews.Select(static review => review.Id)));

        // The purchase with its receipt and lines; beside the voucher and the wares, buyer and courier; the reviews come with them, since their keys are those of the wares.
        Assert.Equal(3, counter.Count);
    }

    [Fact]
    public async Task References_that_lead_nowhere_leave_nullable_members_null()
    {
        var details = await market.Db.PurchaseDetails.ListAsync([32, 33]);

        Assert.Equal(["GONE", null], details.Select(static purchase => purchase.Purchase.CourierCode));
        Assert.All(details, static purchase => Assert.Null(purchase.Courier));
        Assert.All(details, static purchase => Assert.Null(purchase.Voucher));
        Assert.Equal([false, true], details.Select(static purchase => purchase.Receipt is not null));
    }

    [Fact]
    public async Task Views_within_views_take_one_statement_per_database_and_level()
    {
        using var counter = StatementCounter.Start();

        var overviews = await market.Db.Overviews.ListAsync([.. Enumerable.Range(1, Market.Shoppers).Select(Market.Shopper)]);

        Assert.Equal(Market.Shoppers, overviews.Count);
        foreach (var overview in overviews)
        {
            Assert.Equal(Market.PurchasesOf(Market.NumberOf(overview.Buyer)), overview.Purchases.Select(static purchase => purchase.Purchase.Id));
            Assert.All(overview.Purchases, purchase => Assert.Equal(overview.Buyer, purchase.Buyer));
            Assert.Equal(overview.Purchases.Any(static purchase => purchase.Courier is not null) ? ["ACE"] : [], overview.Couriers.Select(static courier => courier.Code));
        }

        // Level 0 in both; level 1 in both (receipts, lines, vouchers | buyers, couriers); level 2 in both (wares | reviews).
        Assert.Equal(6, counter.Count);
    }

    [Fact]
    public async Task A_limit_and_an_order_hold_for_each_parent()
    {
        var latest = await market.Db.LatestPurchases.ListAsync([Market.Shopper(1), Market.Shopper(3), Market.Shopper(4), Market.Shopper(7)]);
        var dearest = await market.Db.DearestFirsts.GetAsync(Market.Shopper(7));

        Assert.Equal<long[]>([[11], [33, 32], [], [73, 72]], latest.Select(static view => view.Purchases.Select(static purchase => purchase.Id).ToArray()));
        Assert.Equal([71L, 72L, 73L], dearest.Purchases.Select(static purchase => purchase.Id));
    }

    [Fact]
    public async Task A_missing_row_skips_the_view_or_fails_the_call_as_declared()
    {
        Assert.Equal([31L], (await market.Db.Delivereds.ListAsync([31, 32, 33])).Select(static view => view.Purchase.Id));
        Assert.Null(await market.Db.Delivereds.FindAsync(32));
        await Assert.ThrowsAsync<EntityNotFoundException>(async () => await market.Db.Delivereds.GetAsync(32));

        // A reference that is NULL is no reference that leads nowhere.
        Assert.Null((await market.Db.Dispatcheds.GetAsync(33)).Courier);
        var courier = await Assert.ThrowsAsync<ViewMemberMissingException>(async () => await market.Db.Dispatcheds.GetAsync(32));
        Assert.Equal(("Dispatched", "Courier", Database.Supabase, (object)"GONE"), (courier.View, courier.Member, courier.Database!.Value, courier.Key!));
        Assert.Contains("Supabase has no Courier for key GONE", courier.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_row_of_one_view_fails_the_list()
    {
        await market.Db.Purchases.InsertAsync(new Purchase(901, Guid.Empty, DateTime.UnixEpoch, 1));
        try
        {
            var buyer = await Assert.ThrowsAsync<ViewMemberMissingException>(() => market.Db.PurchaseDetails.ListAsync([31, 901]));
            Assert.Equal(("PurchaseDetails", "Buyer", (object)Guid.Empty), (buyer.View, buyer.Member, buyer.Key!));
        }
        finally
        {
            await market.Db.Purchases.DeleteAsync(901);
        }
    }

    [Fact]
    public async Task A_composite_key_finds_a_view()
    {
        var view = await market.Db.LineOfPurchases.GetAsync((31, 2));
        var views = await market.Db.LineOfPurchases.ListAsync([(32, 1), (31, 2), (31, 9)]);

        Assert.Equal((31L, 31L, view.Line.WareId), (view.Line.PurchaseId, view.Purchase.Id, view.Ware.Id));
        Assert.Equal([(32L, 1), (31L, 2)], views.Select(static line => (line.Line.PurchaseId, line.Line.Number)));
    }

    [Fact]
    public async Task Two_hundred_thousand_keys_are_answered_in_order()
    {
        var random = new Random(20_261_122);
        Guid[] keys = [.. Enumerable.Range(0, 200_000).Select(_ => random.Next(500) is > 0 and <= Market.Shoppers and var number ? Market.Shopper(number) : Guid.NewGuid())];
        using var counter = StatementCounter.Start();

        var histories = await market.Db.PurchaseHistories.ListAsync(keys);

        Assert.Equal(keys.Where(static key => Market.IsShopper(key)), histories.Select(static history => history.Buyer.Id));
        Assert.Equal(20, counter.Count);
    }

    [Fact]
    public void The_plan_tells_levels_databases_keys_and_statements()
        => Assert.Equal(
            """
            PurchaseHistory by Buyer (Shopper)

            Level 0
              Neon, 1 statement
                Purchases (Purchase), keys: the keys asked for
                  select id, buyer_id, placed_at, total, courier_code, voucher_id
                  from public.purchases
                  where buyer_id = any($1::uuid[])
                  order by id
              Supabase, 2 statements in one batch
                Buyer (Shopper), keys: the keys asked for
                  select t.id, t.name, t.city
                  from unnest($1::uuid[]) with ordinality as k(id, n)
                  join public.shoppers as t on t.id = k.id
                  order by k.n
                Settings (ShopperSettings), keys: the keys asked for
                  select t.shopper_id, t.language
                  from unnest($1::uuid[]) with ordinality as k(shopper_id, n)
                  join public.shopper_settings as t on t.shopper_id = k.shopper_id
                  order by k.n
            """,
            market.Db.PurchaseHistories.Explain());

    [Fact]
    public void The_plan_tells_limits_later_levels_and_what_may_fail()
    {
        var latest = market.Db.LatestPurchases.Explain();
        var tolerant = market.Db.TolerantPurchases.Explain();

        Assert.Contains(
            """
                  select r.*
                  from unnest($1::uuid[]) with ordinality as k(key, number)
                  cross join lateral
                  (
                      select id, buyer_id, placed_at, total, courier_code, voucher_id
                      from public.purchases
                      where buyer_id = k.key
                      order by placed_at desc, id
                      limit 2
                  ) as r
                  order by k.number, r.placed_at desc, r.id
            """,
            latest,
            StringComparison.Ordinal);
        Assert.Contains("\n\nLevel 1\n", tolerant, StringComparison.Ordinal);
        Assert.Contains("Courier (Courier), keys: Purchase.CourierCode; where Supabase fails, Courier is left empty", tolerant, StringComparison.Ordinal);
        Assert.Contains("Lines.Reviews (Review), keys: Lines.WareId; where Supabase fails, Lines is left empty", tolerant, StringComparison.Ordinal);
    }
}
