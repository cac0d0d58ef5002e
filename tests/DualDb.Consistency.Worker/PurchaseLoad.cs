using System.Globalization;
using DualDb.Testing;

namespace DualDb.Consistency.Worker;

/// <summary>
/// Buyers who buy one thing after another, each purchase with its event in one transaction, and the ledger of what came of them. Some change their mind before they commit.
/// </summary>
public sealed class PurchaseLoad(WorkerAddress address, Ledger ledger, IReadOnlyList<string> buyers, int seed)
{
    /// <summary>Buyers whose names begin so buy on the market, in Supabase.</summary>
    public const string Market = "market ";

    private const double ShareOfRegrets = 0.05;

    /// <summary>How a purchase is called in the ledger.</summary>
    public static string Name(string buyer, long number) => string.Create(CultureInfo.InvariantCulture, $"{buyer}/{number}");

    /// <summary>Buys until it is told to stop.</summary>
    /// <param name="writers">How many buyers buy at the same time.</param>
    /// <param name="pause">The pause of each between two purchases, so that the load is even.</param>
    /// <param name="stopping">Ends it, after the purchases that have begun.</param>
    public async Task RunAsync(int writers, TimeSpan pause, CancellationToken stopping)
    {
        await using var db = WorkerDb.Create(address.ApplyTo);
        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => BuyAsync(db, [.. buyers.Where((_, index) => index % writers == writer)], new Random(seed + writer), pause, stopping)));
    }

    private async Task BuyAsync(WorkerDb db, string[] own, Random random, TimeSpan pause, CancellationToken stopping)
    {
        // Those before this process may have come far.
        var numbers = own.ToDictionary(static buyer => buyer, LastNumber, StringComparer.Ordinal);
        using var timer = new PeriodicTimer(pause);
        while (!stopping.IsCancellationRequested)
        {
            var buyer = own[random.Next(own.Length)];
            await BuyAsync(db, buyer, ++numbers[buyer], regrets: random.NextDouble() < ShareOfRegrets);
            await timer.WaitForNextTickAsync(stopping).AsTask().ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    private long LastNumber(string buyer)
        => ledger.Writes.Keys.Where(write => write.StartsWith(buyer + "/", StringComparison.Ordinal)).Select(static write => long.Parse(write[(write.LastIndexOf('/') + 1)..], CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();

    private async Task BuyAsync(WorkerDb db, string buyer, long number, bool regrets)
    {
        var name = Name(buyer, number);
        ledger.Begin(name);
        try
        {
            if (await (buyer.StartsWith(Market, StringComparison.Ordinal) ? db.BuyOnMarketAsync(buyer, number, regrets) : db.BuyInShopAsync(buyer, number, regrets)))
            {
                ledger.Commit(name);
            }
            else
            {
                ledger.RollBack(name);
            }
        }
        catch (CommitOutcomeUnknownException)
        {
            // Nor does the ledger know.
        }
        catch (DualDbException)
        {
            ledger.RollBack(name);
        }
    }
}
