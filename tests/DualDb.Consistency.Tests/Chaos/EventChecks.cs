using System.Diagnostics;
using System.Globalization;
using DualDb.Testing;

namespace DualDb.Consistency.Tests.Chaos;

/// <summary>What must hold when everything is over.</summary>
internal static class EventChecks
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>Waits until every event is handled; the deadline is for one more of them to be, since how many there are depends on the machine.</summary>
    /// <returns>How many were open at first, and how long that took.</returns>
    public static async Task<(long Open, TimeSpan Took)> DrainAsync(EventRecord record)
    {
        var (first, began) = (await record.OpenAsync(), Stopwatch.StartNew());
        var (least, watch) = (long.MaxValue, Stopwatch.StartNew());
        while (await record.OpenAsync() is > 0 and var open)
        {
            Assert.Empty(await record.DeadAsync());
            if (open < least)
            {
                (least, watch) = (open, Stopwatch.StartNew());
            }

            if (watch.Elapsed > Deadline)
            {
                Assert.Fail($"Without disturbance, and {Deadline.TotalSeconds} s after the last progress, {open} events and deliveries are still open:\n{string.Join('\n', await record.DescribeOpenAsync())}");
            }

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        return (first, began.Elapsed);
    }

    /// <summary>Nothing lost, nothing invented, every effect once, the order of each buyer kept.</summary>
    /// <returns>The figures, for those who read along.</returns>
    public static async Task<string> CheckAsync(EventRecord record, Ledger ledger)
    {
        var purchases = await record.PurchasesAsync();
        var written = ledger.Compare(purchases);
        Assert.True(written.IsExact, $"Purchases: {written}");
        AssertSame("events", purchases, await record.EventsAsync());

        var (activities, receipts) = (await record.ActivitiesAsync(), await record.ReceiptsAsync());
        AssertSame("activities", purchases, activities);
        AssertSame("receipts", purchases, receipts);
        await AssertOrderedAsync("activities", activities, record);
        await AssertOrderedAsync("receipts", receipts, record);
        Assert.Empty(await record.DeadAsync());
        return written.ToString();
    }

    /// <summary>Each of one exactly once among the others. A ledger of what is committed says it best.</summary>
    private static void AssertSame(string what, IReadOnlyList<string> purchases, IReadOnlyList<string> found)
    {
        using var expected = new Ledger();
        foreach (var purchase in purchases)
        {
            expected.Begin(purchase);
            expected.Commit(purchase);
        }

        var comparison = expected.Compare(found);
        Assert.True(comparison.IsExact, $"{what}: {comparison}");
    }

    private static async Task AssertOrderedAsync(string what, IReadOnlyList<string> found, EventRecord record)
    {
        var last = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var effect in found)
        {
            var slash = effect.LastIndexOf('/');
            var (buyer, number) = (effect[..slash], long.Parse(effect[(slash + 1)..], CultureInfo.InvariantCulture));
            var before = last.GetValueOrDefault(buyer);
            if (number <= before)
            {
                Assert.Fail($"{what}: number {number} of '{buyer}' came after number {before}.\n{string.Join('\n', await record.DescribeAsync(buyer, number, before))}");
            }

            last[buyer] = number;
        }
    }
}
