using System.Diagnostics;
using System.Globalization;
using DualDb.Benchmarks.Measuring;
using DualDb.Benchmarks.Scorecard;
using DualDb.Benchmarks.Setup;
using DualDb.Benchmarks.Shop;
using DualDb.Testing;

namespace DualDb.Benchmarks.Experiments;

/// <summary>A write on one node: from its being reported as done until the other node no longer answers with what it had in memory.</summary>
internal sealed class CachePropagation : IExperiment
{
    private const int WarmUp = 20;
    private const int Writes = 100;

    public IReadOnlyList<string> Ids { get; } = ["propagation_ms"];

    public async Task<IReadOnlyList<Finding>> RunAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        await using var redis = await LocalRedis.StartAsync(cancellationToken);
        await using var writer = Node(laboratory, redis);
        await using var reader = Node(laboratory, redis);
        var times = new List<double>();
        for (var write = 0; write < WarmUp + Writes; write++)
        {
            await reader.CachedOrders.GetAsync(1, cancellationToken);
            var items = 1_000 + write;
            await writer.CachedOrders.PatchAsync(1, set => set.Items(items), cancellationToken);
            var done = Stopwatch.GetTimestamp();
            while ((await reader.CachedOrders.GetAsync(1, cancellationToken)).Items != items)
            {
                await Task.Yield();
            }

            if (write >= WarmUp)
            {
                times.Add(Stopwatch.GetElapsedTime(done).TotalMilliseconds);
            }
        }

        times.Sort();
        return
        [
            new("propagation_ms", Statistics.Median([.. times]))
            {
                Note = string.Create(CultureInfo.InvariantCulture, $"99 of 100 within {times[Writes - 2]:0.0} ms"),
            },
        ];
    }

    private static ShopDb Node(Laboratory laboratory, LocalRedis redis)
        => ShopDb.Create(options =>
        {
            options.Neon.ConnectionString = laboratory.Servers.Neon.ConnectionString;
            options.Supabase.ConnectionString = laboratory.Servers.Supabase.ConnectionString;
            options.Caching.Redis = redis.ConnectionString;
        });
}
