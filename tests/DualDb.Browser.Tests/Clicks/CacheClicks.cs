using StackExchange.Redis;

namespace DualDb.Browser.Tests.Clicks;

/// <summary>An entity is dropped from the cache.</summary>
internal static class CacheClicks
{
    public static IReadOnlyDictionary<string, Func<Clicking, Task>> ByRoute { get; } = new Dictionary<string, Func<Clicking, Task>>(StringComparer.Ordinal)
    {
        ["cache/actions/drop"] = static async at =>
        {
            var before = await NumberAsync(at);
            await at.GoAsync("/cache");
            await at.DoAsync("drop", "prices were loaded by a script", "[id='do-drop-Product']");

            Assert.Equal("done", await at.SupabaseAsync<string>("select outcome from dualdb.operator_audit where action = 'cache/drop' and reason = 'prices were loaded by a script' and begun is not null"));
            if (at.Shop.Redis is not null)
            {
                Assert.True(await NumberAsync(at) > before, "The shop does not write products, so that the number of their last invalidation is the drop's.");
            }
        },
    };

    /// <summary>The number of the last invalidation of all products, which Redis keeps for every node.</summary>
    private static async Task<long> NumberAsync(Clicking at)
    {
        if (at.Shop.Redis is not { } address)
        {
            return 0;
        }

        using var redis = await ConnectionMultiplexer.ConnectAsync(address.Replace("redis://", "", StringComparison.Ordinal));
        var keys = redis.GetServer(redis.GetEndPoints()[0]).Keys(pattern: "*:d:*neon.storefront.products*").ToArray();
        return keys.Length == 0 ? 0 : (await redis.GetDatabase().StringGetAsync(keys)).Max(static number => (long)number);
    }
}
