using DualDb.Consistency.Events;
using DualDb.Consistency.Events.Dispatching;
using DualDb.Consistency.Tests.Events.Rig;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Events;

/// <summary>How much is taken into memory at the same time, and how much of it runs.</summary>
public sealed class RoomTests(ConsistencyServers places)
{
    private static readonly short[] AllSlots = [.. Enumerable.Range(0, 64).Select(static slot => (short)slot)];

    [Fact]
    public async Task A_key_with_hundreds_of_events_leaves_room_for_others()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        await PublishTogetherAsync(place, "hot", 300);
        await PublishTogetherAsync(place, "cold", 3);
        var reader = new OutboxReader(place.Db.Neon);

        var page = await reader.ReadAsync(AllSlots, [], [], [], [], new OutboxRoom(1000, 1_000_000), TestContext.Current.CancellationToken);

        Assert.Equal(OutboxReader.MostOfKey, page.Events.Count(static stored => stored.Event.Key == "hot"));
        Assert.Equal(3, page.Events.Count(static stored => stored.Event.Key == "cold"));

        // The first ones of it, in their order, and the next ones behind those.
        long[] first = [.. page.Events.Where(static stored => stored.Event.Key == "hot").Select(static stored => stored.Number)];
        var next = await reader.ReadAsync(AllSlots, [.. page.Events.Select(static stored => stored.Number)], [], [], [], new OutboxRoom(1000, 1_000_000), TestContext.Current.CancellationToken);
        Assert.Equal(first.Order(), first);
        Assert.True(next.Events[0].Number > first[^1]);
        Assert.Equal(OutboxReader.MostOfKey, next.Events.Count);
    }

    [Fact]
    public async Task Payloads_beyond_the_room_stay_where_they_are()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        for (var number = 0; number < 5; number++)
        {
            await place.Events.PublishAsync(new PurchaseMade(number, new string('x', 1000)));
        }

        var page = await new OutboxReader(place.Db.Neon).ReadAsync(AllSlots, [], [], [], [], new OutboxRoom(1000, 1500), TestContext.Current.CancellationToken);

        Assert.Equal(2, page.Events.Count);
    }

    [Fact]
    public async Task Events_larger_than_the_room_are_handled_one_by_one()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        await place.StartAsync(static options => options.MaxInFlightBytes = 1024);
        for (var number = 0; number < 4; number++)
        {
            await place.Events.PublishAsync(new PurchaseMade(number, new string('x', 5000)));
        }

        await Eventually.HoldsAsync(async () => await place.Db.Activities.CountAsync() == 4, "all effects");
    }

    [Fact]
    public async Task The_events_of_both_databases_share_the_places_of_a_handler()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var (running, most) = (0, 0);
        await place.StartAsync(static options => options.MaxConcurrency = 1, new Behaviour
        {
            BeforeRecording = async (_, _, token) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref running));
                await Task.Yield();
                Interlocked.Decrement(ref running);
            },
        });
        for (var number = 0; number < 40; number++)
        {
            await place.PublishAsync("ada" + number, number);
            await using var transaction = await place.Db.BeginSupabaseAsync();
            transaction.Publish(new PurchaseMade(1000 + number, "bob"), key: "bob" + number);
            await transaction.CommitAsync();
        }

        await Eventually.HoldsAsync(async () => await place.Db.Activities.CountAsync() == 80, "all effects");
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task A_handler_that_hangs_leaves_the_others_their_room()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var node = await place.StartAsync(
            static options => (options.MaxInFlight, options.MaxConcurrency) = (100, 2),
            new Behaviour { BeforeRecording = (_, _, token) => released.Task.WaitAsync(token) });
        for (var number = 0; number < 150; number++)
        {
            await place.PublishAsync("buyer " + (number % 75), number);
            await place.Events.PublishAsync(new PurchaseMade(1000 + number, "nobody"));
        }

        // A hanging handler has tried a few dozen by then.
        await Eventually.HoldsAsync(async () => await place.Db.Receipts.CountAsync() == 300, "all effects of the handler that works");

        released.SetResult();
        await Eventually.HoldsAsync(
            async () =>
            {
                await node.Events.DeadLetters.ReplayAsync(new DeadLetterFilter(), "ada", "it hangs no more");
                return await place.Db.Activities.CountAsync() >= 300;
            },
            "all effects of the handler that hung");
        Assert.Equal(300, (await place.Db.Activities.AllRows().ToListAsync()).Select(static activity => activity.Number).Distinct().Count());
        Assert.Equal(300, await place.Db.Activities.CountAsync());
        for (var buyer = 0; buyer < 75; buyer++)
        {
            Assert.Equal([buyer, 75 + buyer], await place.NumbersAsync("buyer " + buyer));
        }
    }

    private static async Task PublishTogetherAsync(EventPlace place, string key, int count)
    {
        await using var transaction = await place.Db.BeginNeonAsync();
        for (var number = 0; number < count; number++)
        {
            transaction.Publish(new PurchaseMade(number, key), key);
        }

        await transaction.CommitAsync();
    }
}
