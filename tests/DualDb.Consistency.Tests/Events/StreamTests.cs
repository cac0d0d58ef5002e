using DualDb.Consistency.Events;
using DualDb.Consistency.Tests.Events.Rig;
using DualDb.Consistency.Tests.Places;
using DualDb.Testing;
using StackExchange.Redis;

namespace DualDb.Consistency.Tests.Events;

/// <summary>Events go out to a Redis stream.</summary>
public sealed class StreamTests(ConsistencyServers places)
{
    [Fact]
    public async Task Events_arrive_in_a_stream_with_their_ids_also_after_Redis_was_away()
    {
        await using var redis = await LocalRedis.StartAsync();
        await using var publisher = new RedisStreamPublisher(redis.ConnectionString, "shop:events", name => name == "purchase.made");
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var node = await place.StartAsync(options => options.Publishers.Add(publisher));
        await place.PublishAsync("ada", 1, 2);
        await node.Events.PublishAsync(new ProfileRenamed("ada", "Ada"));
        await node.Events.Delivered.WaitForAsync<PurchaseMade>(e => e.Number == 2);
        await redis.StopAsync();
        await place.PublishAsync("ada", 3);
        await Eventually.HoldsAsync(async () => (await node.Events.DeadLetters.ListAsync(new DeadLetterFilter { State = null })).Any(letter => letter.Handler == "redis:shop:events"), "a failed attempt");
        await redis.StartAgainAsync();
        await Eventually.HoldsAsync(async () => (await node.Events.DeadLetters.ListAsync(new DeadLetterFilter { State = null })).Count == 0, "the end of the retries");

        using var connection = await ConnectionMultiplexer.ConnectAsync(DualDb.Caching.RedisAddress.Parse(redis.ConnectionString));
        var entries = (RedisResult[])await connection.GetDatabase().ScriptEvaluateAsync("return redis.call('xrange', 'shop:events', '-', '+')");
        var fields = entries.Select(entry => ((RedisResult[])((RedisResult[])entry)[1]).Select(value => (string)value).ToArray()).ToList();
        Assert.NotEmpty(fields);
        Assert.All(fields, entry => Assert.Equal("purchase.made", entry[Array.IndexOf(entry, "name") + 1]));
        var last = fields[^1];
        Assert.Equal("""{"number":3,"buyer":"ada"}""", last[Array.IndexOf(last, "payload") + 1]);
        Assert.Equal("ada", last[Array.IndexOf(last, "key") + 1]);
        Assert.True(Guid.TryParse(last[Array.IndexOf(last, "id") + 1], out _));
    }
}
