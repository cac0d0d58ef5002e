using System.Reflection;
using System.Text.Json;
using DualDb.Caching;
using DualDb.IntegrationTests.Views.Models;
using DualDb.Testing;

namespace DualDb.IntegrationTests.Views;

/// <summary>Views that are kept: what they are made of again, and when they fall.</summary>
public sealed class CachedViewTests(Market market) : IClassFixture<Market>
{
    [Fact]
    public async Task A_view_is_the_same_after_its_payload()
    {
        foreach (var shopper in Enumerable.Range(1, 8))
        {
            var view = await market.Db.KeptOverviews.Fresh().GetAsync(Market.Shopper(shopper));

            var decoded = Decode<KeptOverview>(Encode(view));

            Assert.Equal(Json(view), Json(decoded));
            Assert.Equal(view.Couriers.GetType(), decoded.Couriers.GetType());
            Assert.All(view.Purchases.Zip(decoded.Purchases), static pair => Assert.NotSame(pair.First, pair.Second));
        }

        var line = await market.Db.KeptLines.Fresh().GetAsync((31, 2));
        Assert.Equal(Json(line), Json(Decode<KeptLine>(Encode(line))));
    }

    [Fact]
    public void Null_members_and_empty_lists_come_back_as_such()
    {
        var shopper = new Shopper(Market.Shopper(77), "Nobody", "");
        var purchase = new Purchase(7, shopper.Id, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), 1m);
        var details = new PurchaseDetails { Purchase = purchase, Buyer = shopper };

        var decoded = Decode<KeptOverview>(Encode(new KeptOverview(shopper, [details], [])));

        Assert.Equal(shopper, decoded.Buyer);
        Assert.Null(decoded.Settings);
        Assert.Empty(decoded.Couriers);
        Assert.Empty(decoded.All);
        Assert.Empty(decoded.First);
        var inner = Assert.Single(decoded.Purchases);
        Assert.Equal(purchase, inner.Purchase);
        Assert.Null(inner.Courier);
        Assert.Null(inner.Voucher);
        Assert.Null(inner.Receipt);
        Assert.Empty(inner.Lines);
    }

    [Fact]
    public async Task A_payload_that_ends_early_or_promises_too_much_is_refused()
    {
        var payload = Encode(await market.Db.KeptOverviews.Fresh().GetAsync(Market.Shopper(3)));

        for (var length = 0; length < payload.Length; length++)
        {
            var part = payload[..length];
            Assert.Throws<PayloadException>(() => Decode<KeptOverview>(part));
        }

        var rows = Encode(new KeptTolerant(new Shopper(Guid.Empty, "", ""), []));
        Assert.Equal(0, rows[^1]);
        Assert.Throws<PayloadException>(() => Decode<KeptTolerant>([.. rows[..^1], 0xFF, 0xFF, 0xFF, 0xFF, 0x07]));
    }

    [Fact]
    public async Task A_view_that_was_read_takes_no_statement_until_a_row_of_it_changes()
    {
        var key = Market.Shopper(2);
        var before = await market.Db.KeptTolerants.GetAsync(key);
        using var counter = StatementCounter.Start();

        Assert.Same(before, await market.Db.KeptTolerants.GetAsync(key));
        Assert.Same(before, Assert.Single(await market.Db.KeptTolerants.ListAsync([key])));
        Assert.Equal(0, counter.Count);
        Assert.NotSame(before, await market.Db.KeptTolerants.Fresh().GetAsync(key));
        Assert.Equal(2, counter.Count);

        var purchase = before.Purchases[0] with { Total = before.Purchases[0].Total + 1 };
        await market.Db.Purchases.UpdateAsync(purchase);

        Assert.Equal(purchase.Total, (await market.Db.KeptTolerants.GetAsync(key)).Purchases[0].Total);
    }

    private static byte[] Encode<TView>(TView view)
        where TView : class
    {
        var writer = new PayloadWriter(16);
        try
        {
            CodecOf<TView>().Encode(ref writer, view);
            return writer.Written.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }

    private static TView Decode<TView>(byte[] payload)
        where TView : class
    {
        var reader = new PayloadReader(payload);
        var view = CodecOf<TView>().Decode(ref reader);
        reader.End();
        return view;
    }

    private static IPayloadCodec<TView> CodecOf<TView>()
        where TView : class
    {
        var reader = typeof(TView).Assembly.GetType(typeof(TView).FullName + "Reader", throwOnError: true)!;
        return (IPayloadCodec<TView>)reader.GetField("CachedViews", BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!;
    }

    private static string Json<TView>(TView view) => JsonSerializer.Serialize(view);
}
