using System.Runtime.CompilerServices;
using DualDb.IntegrationTests.Views.Models;
using DualDb.Testing;

namespace DualDb.IntegrationTests.Views;

/// <summary>Views in chunks.</summary>
public sealed class StreamingTests(Market market) : IClassFixture<Market>
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(Market.Shoppers)]
    [InlineData(1000)]
    public async Task All_views_come_in_the_order_of_their_keys(int chunkSize)
    {
        using var counter = StatementCounter.Start();
        var histories = await market.Db.PurchaseHistories.StreamAsync(chunkSize).ToListAsync();

        Assert.Equal(Enumerable.Range(1, Market.Shoppers).Select(Market.Shopper), histories.Select(static history => history.Buyer.Id));
        Assert.All(histories, static history => Assert.Equal(Market.PurchasesOf(Market.NumberOf(history.Buyer)), history.Purchases.Select(static purchase => purchase.Id)));

        // A chunk takes three statements: its roots, and then what depends on them in both databases. A full last chunk is followed by an empty one.
        var chunks = (Market.Shoppers + chunkSize - 1) / chunkSize;
        Assert.Equal((3 * chunks) + (Market.Shoppers % chunkSize == 0 ? 1 : 0), counter.Count);
    }

    [Fact]
    public async Task A_stream_enumerated_again_starts_anew()
    {
        IAsyncEnumerable<PurchaseHistory>[] streams =
        [
            market.Db.PurchaseHistories.StreamAsync(7),
            market.Db.PurchaseHistories.StreamAsync(Enumerable.Range(1, Market.Shoppers).Select(Market.Shopper), 7),
            market.Db.PurchaseHistories.Query().StreamAsync(7),
        ];

        foreach (var stream in streams)
        {
            Assert.Equal(Market.Shoppers, await stream.CountAsync());
            Assert.Equal(Market.Shoppers, await stream.CountAsync());
        }
    }

    [Fact]
    public async Task A_composite_key_is_streamed_in_its_order()
    {
        var lines = await market.Db.LineOfPurchases.StreamAsync(7).ToListAsync();

        Assert.Equal(
            Enumerable.Range(1, Market.Shoppers).SelectMany(Market.PurchasesOf).SelectMany(static purchase => new[] { (purchase, 1), (purchase, 2) }),
            lines.Select(static line => (line.Line.PurchaseId, line.Line.Number)));
    }

    [Fact]
    public async Task Keys_are_drawn_as_they_are_needed_and_answered_in_order()
    {
        var drawn = 0;
        IEnumerable<Guid> Keys()
        {
            for (var number = 1; number <= Market.Shoppers; number++)
            {
                drawn++;
                yield return Market.Shopper((number % 5) + 1);
                yield return Guid.NewGuid();
            }
        }

        var seen = new List<Guid>();
        await foreach (var history in market.Db.PurchaseHistories.StreamAsync(Keys(), chunkSize: 4))
        {
            seen.Add(history.Buyer.Id);
            Assert.True(drawn <= seen.Count + 5, $"{drawn} keys were drawn for {seen.Count} views.");
        }

        Assert.Equal(Enumerable.Range(1, Market.Shoppers).Select(static number => Market.Shopper((number % 5) + 1)), seen);
    }

    [Fact]
    public async Task The_next_chunk_is_fetched_while_the_current_one_is_consumed()
    {
        using var counter = StatementCounter.Start();
        await using var views = market.Db.PurchaseHistories.StreamAsync(10).GetAsyncEnumerator(TestContext.Current.CancellationToken);

        Assert.True(await views.MoveNextAsync());

        await Repositories.Cancellation.Eventually.HoldsAsync(() => Task.FromResult(counter.Count == 6), TimeSpan.FromSeconds(20), "the second chunk was not asked for");
    }

    [Fact]
    public async Task Leaving_early_and_cancelling_leak_nothing()
    {
        for (var round = 0; round < 20; round++)
        {
            await foreach (var _ in market.Db.PurchaseHistories.StreamAsync(3))
            {
                break;
            }

            using var cancellation = new CancellationTokenSource();
            var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                await foreach (var _ in market.Db.PurchaseHistories.StreamAsync(3, cancellation.Token))
                {
                    await cancellation.CancelAsync();
                }
            });
            Assert.Equal(cancellation.Token, exception.CancellationToken);
        }

        await FailureTests.AssertPoolsAreCleanAsync(market.Place);
    }

    [Fact]
    public void A_chunk_below_one_is_refused_at_once()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => market.Db.PurchaseHistories.StreamAsync(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => market.Db.PurchaseHistories.StreamAsync([Market.Shopper(1)], -1));
        Assert.Throws<ArgumentNullException>(() => market.Db.PurchaseHistories.StreamAsync(null!));
    }
}
