using DualDb.Benchmarks.Measuring;

namespace DualDb.Benchmarks.Tests;

/// <summary>Contestants run by turns, each as often as the others.</summary>
public sealed class ContestTests
{
    [Fact]
    public async Task Every_contestant_runs_once_in_every_round()
    {
        var order = new List<string>();
        var contest = new Contest(calls: 3, TimeSpan.Zero, TimeSpan.Zero, leastRounds: 20);
        await contest.RunAsync(CancellationToken.None, Recorder("a", order), Recorder("b", order), Recorder("c", order));

        var rounds = order.Chunk(3).ToList();
        Assert.Equal(23, rounds.Count);
        Assert.All(rounds, static round => Assert.Equal(["a", "b", "c"], round.Order(StringComparer.Ordinal)));
        Assert.True(rounds.Select(static round => string.Concat(round)).Distinct(StringComparer.Ordinal).Count() > 1, "The order never changed.");
    }

    [Fact]
    public async Task What_is_prepared_is_not_measured()
    {
        var held = new List<byte[]>();
        var contest = new Contest(calls: 1, TimeSpan.Zero, TimeSpan.Zero, leastRounds: 5);
        var contestant = new Contestant("a", static (_, _) => Task.CompletedTask, () =>
        {
            held.Add(new byte[10_000_000]);
            return Task.CompletedTask;
        });
        var result = await contest.RunAsync(CancellationToken.None, contestant);

        Assert.Equal(8, held.Count);
        Assert.InRange(result.BytesPerCall("a"), 0, 5_000_000);
    }

    [Fact]
    public async Task Callers_share_the_calls_of_a_block()
    {
        var seen = new System.Collections.Concurrent.ConcurrentBag<(int First, int Calls)>();
        var contestant = new Contestant("a", (first, calls) =>
        {
            seen.Add((first, calls));
            return Task.CompletedTask;
        });
        await contestant.With(4).RunAsync(100, 24);

        Assert.Equal([(100, 6), (106, 6), (112, 6), (118, 6)], seen.Order());
    }

    private static Contestant Recorder(string name, List<string> order) => new(name, (_, calls) =>
    {
        Assert.Equal(3, calls);
        order.Add(name);
        return Task.CompletedTask;
    });
}
