using DualDb.Benchmarks.Measuring;
using DualDb.Benchmarks.Scorecard;
using DualDb.Benchmarks.Setup;
using DualDb.Testing;

namespace DualDb.Benchmarks.Experiments;

/// <summary>What is not in memory: what the cache adds to a read, and a thousand callers who miss the same row.</summary>
internal sealed class CacheMisses : IExperiment
{
    private const int Calls = 200;
    private const int Callers = 1_000;

    public IReadOnlyList<string> Ids { get; } = ["miss_us", "stampede"];

    public async Task<IReadOnlyList<Finding>> RunAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        var db = laboratory.Db;
        var fresh = db.CachedOrders.Fresh();
        var contest = new Contest(Calls, warmUp: TimeSpan.FromSeconds(4), duration: TimeSpan.FromSeconds(10), leastRounds: 31);
        var result = await contest.RunAsync(
            cancellationToken,
            new Contestant(
                "cached",
                async (first, calls) =>
                {
                    for (var call = first; call < first + calls; call++)
                    {
                        Expect.Found(await db.CachedOrders.FindAsync(Key(call), CancellationToken.None));
                    }
                },
                async () => await db.Cache.InvalidateAsync<Shop.CachedOrder>(CancellationToken.None)),
            new Contestant("bare", async (first, calls) =>
            {
                for (var call = first; call < first + calls; call++)
                {
                    Expect.Found(await fresh.FindAsync(Key(call), CancellationToken.None));
                }
            }));
        return
        [
            new("miss_us", result.MicrosecondsAbove("cached", "bare")) { Note = Note.Both(result, "cached", "bare") },
            await StampedeAsync(db, cancellationToken),
        ];
    }

    private static async Task<Finding> StampedeAsync(Shop.ShopDb db, CancellationToken cancellationToken)
    {
        await db.Cache.InvalidateAsync<Shop.CachedOrder>(cancellationToken);
        using var counter = StatementCounter.Start();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () => Expect.Found(await db.CachedOrders.FindAsync(7, CancellationToken.None)), cancellationToken)));
        return new Finding("stampede", counter.Count) { Statements = counter.Count, Note = "1,000 callers at once" };
    }

    private static long Key(int call) => 1 + (call * 7_919L % Laboratory.Orders);
}
