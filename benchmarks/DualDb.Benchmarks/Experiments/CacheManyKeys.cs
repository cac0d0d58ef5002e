using System.Globalization;
using System.Text;
using DualDb.Benchmarks.Scorecard;
using DualDb.Benchmarks.Setup;
using DualDb.Benchmarks.Shop;
using DualDb.Caching;
using DualDb.Testing;

namespace DualDb.Benchmarks.Experiments;

/// <summary>A hundred keys of which memory holds 50 and Redis 30: how often Redis is asked, and the database.</summary>
internal sealed class CacheManyKeys : IExperiment
{
    public IReadOnlyList<string> Ids { get; } = ["multiget"];

    public async Task<IReadOnlyList<Finding>> RunAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        await using var redis = await LocalRedis.StartAsync(cancellationToken);
        await using var other = Node(laboratory, redis);
        await using var node = Node(laboratory, redis);
        var keys = Enumerable.Range(1, 100).Select(static id => (long)id).ToArray();
        await node.CachedOrders.FindManyAsync(keys[..50], cancellationToken);
        await other.CachedOrders.FindManyAsync(keys[50..80], cancellationToken);

        // What a node has loaded is offered to Redis behind its callers' backs.
        await using var client = await StackExchangeRedis.ConnectAsync(RedisAddress.Parse(redis.ConnectionString));
        while (await PayloadsAsync(client) < 80)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), cancellationToken);
        }

        var before = await AskedAsync(client);
        using var counter = StatementCounter.Start();
        var found = await node.CachedOrders.FindManyAsync(keys, cancellationToken);
        var asked = await AskedAsync(client) - before;
        return
        [
            new("multiget", asked)
            {
                Statements = counter.Count,
                Note = string.Create(CultureInfo.InvariantCulture, $"{asked} MGET, {counter.Count} statement"),
                Fault = found.Count == keys.Length ? null : "rows are missing",
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

    private static async Task<int> PayloadsAsync(IRedisClient client)
    {
        var keys = await client.EvaluateAsync("return redis.call('keys', '*bench.orders:*')", [], []);
        return keys.Count(static key => !Encoding.UTF8.GetString(key!).Contains(":l:", StringComparison.Ordinal));
    }

    /// <summary>How many <c>MGET</c>s the server has answered.</summary>
    private static async Task<long> AskedAsync(IRedisClient client)
    {
        var answer = await client.EvaluateAsync(
            """
            local stats = redis.call('info', 'commandstats')
            return { string.match(stats, 'cmdstat_mget:calls=(%d+)') or '0' }
            """, [], []);
        return long.Parse(answer[0], NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
