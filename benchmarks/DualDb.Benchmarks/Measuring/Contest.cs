using System.Diagnostics;

namespace DualDb.Benchmarks.Measuring;

/// <summary>
/// Lets contestants run by turns in one process: in every round each runs one block of calls, in a new random order, so that
/// a disturbance meets all of them alike and none always runs after the same neighbour.
/// </summary>
/// <param name="calls">How many calls make a block.</param>
/// <param name="warmUp">How long all run unmeasured, until the compiler has settled.</param>
/// <param name="duration">How long rounds are measured.</param>
/// <param name="leastRounds">How many rounds there are at least, also on a slow machine.</param>
internal sealed class Contest(int calls, TimeSpan warmUp, TimeSpan duration, int leastRounds)
{
    /// <summary>How many rounds run unmeasured at least.</summary>
    public int WarmUpRounds { get; init; } = 3;

    public async Task<ContestResult> RunAsync(CancellationToken cancellationToken, params Contestant[] contestants)
    {
        var random = new Random(1);
        await RoundsAsync(contestants, random, warmUp, WarmUpRounds, record: null, cancellationToken);
        var result = new ContestResult(calls);
        await RoundsAsync(contestants, random, duration, leastRounds, result, cancellationToken);
        return result;
    }

    private async Task RoundsAsync(
        Contestant[] contestants, Random random, TimeSpan atLeast, int rounds, ContestResult? record, CancellationToken cancellationToken)
    {
        var order = contestants.ToArray();
        var began = Stopwatch.GetTimestamp();
        for (var round = 0; round < rounds || Stopwatch.GetElapsedTime(began) < atLeast; round++)
        {
            random.Shuffle(order);
            foreach (var contestant in order)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var block = await BlockAsync(contestant, round * calls);
                record?.Add(contestant.Name, block);
            }
        }
    }

    private async Task<Block> BlockAsync(Contestant contestant, int first)
    {
        if (contestant.BeforeAsync is not null)
        {
            await contestant.BeforeAsync();
        }

        // Counted over the whole process, because the calls continue on other threads.
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var began = Stopwatch.GetTimestamp();
        await contestant.RunAsync(first, calls);
        var elapsed = Stopwatch.GetElapsedTime(began);
        return new Block(elapsed, GC.GetTotalAllocatedBytes(precise: true) - bytes);
    }
}
