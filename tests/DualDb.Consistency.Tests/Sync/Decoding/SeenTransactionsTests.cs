using DualDb.Consistency.Sync.Decoding;

namespace DualDb.Consistency.Tests.Sync.Decoding;

/// <summary>What was read is kept in the form of a snapshot, which the database understands.</summary>
public sealed class SeenTransactionsTests
{
    [Theory]
    [InlineData("10:10:", 10, "11:11:")]
    [InlineData("10:10:", 12, "10:13:10,11")]
    [InlineData("10:13:10,11", 10, "11:13:11")]
    [InlineData("10:13:10,11", 5, "10:13:10,11")]
    [InlineData("11:13:11", 11, "13:13:")]
    public void A_transaction_is_added(string before, ulong transaction, string after)
    {
        var seen = SeenTransactions.Parse(before);
        seen.Add(transaction);
        Assert.Equal(after, seen.ToString());
        Assert.True(seen.Contains(transaction));
    }

    [Theory]
    [InlineData("10:20:10,15", "12:18:12,15,16", "15:20:15")]
    [InlineData("10:10:", "30:30:", "30:30:")]
    [InlineData("10:13:10,11", "11:11:", "11:13:11")]
    public void Two_are_united(string one, string other, string both)
    {
        Assert.Equal(both, SeenTransactions.Parse(one).Union(SeenTransactions.Parse(other)).ToString());
        Assert.Equal(both, SeenTransactions.Parse(other).Union(SeenTransactions.Parse(one)).ToString());
    }

    [Fact]
    public void Whatever_was_added_or_was_in_either_is_in_it_and_nothing_else()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var (left, right, all) = (SeenTransactions.Parse("5:5:"), SeenTransactions.Parse("5:5:"), new HashSet<ulong> { 0, 1, 2, 3, 4 });
            for (var number = 0; number < 20; number++)
            {
                var transaction = (ulong)random.Next(5, 60);
                (random.Next(2) == 0 ? left : right).Add(transaction);
                all.Add(transaction);
            }

            var both = SeenTransactions.Parse(left.Union(right).ToString());
            Assert.Equal(all.Order(), Enumerable.Range(0, 70).Select(static number => (ulong)number).Where(both.Contains));
        }
    }
}
