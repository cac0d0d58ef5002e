using DualDb.Consistency.Events;
using DualDb.Consistency.Tests.Events.Rig;
using DualDb.Consistency.Tests.Places;
using Microsoft.Extensions.DependencyInjection;

namespace DualDb.Consistency.Tests.Events;

/// <summary>Nothing depends on the time of day of a node.</summary>
public sealed class ClockTests(ConsistencyServers places)
{
    [Fact]
    public async Task A_clock_that_is_set_forward_and_back_loses_nothing_and_keeps_the_leases()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var clock = new SteppingClock();
        var node = await place.StartAsync(options => options.Lease = TimeSpan.FromSeconds(12), services: services => services.AddSingleton<TimeProvider>(clock));
        var number = 0L;
        foreach (var minutes in new[] { 5, -5, 0 })
        {
            await place.PublishAsync("ada", number, number + 1);
            clock.Step = TimeSpan.FromMinutes(minutes);
            await place.PublishAsync("ada", number + 2, number + 3);
            await node.Events.PublishAsync(new PurchaseMade(number + 4, "bob"), after: TimeSpan.FromSeconds(1));
            await node.Events.Delivered.WaitForAsync<PurchaseMade>(e => e.Number == number + 4);
            var renewed = await place.AskNeonAsync<string>("select min(expires_at)::text from dualdb.outbox_slots");
            await Eventually.HoldsAsync(async () => await place.AskNeonAsync<bool>($"select min(expires_at) > '{renewed}' from dualdb.outbox_slots"), "a renewal");
            number += 5;
        }

        await Eventually.HoldsAsync(async () => await place.Db.Activities.CountAsync() == 15, "all effects");
        Assert.Equal([0, 1, 2, 3, 5, 6, 7, 8, 10, 11, 12, 13], await place.NumbersAsync("ada"));
        Assert.Equal(1, await place.AskNeonAsync<long>("select max(token) from dualdb.outbox_slots"));
        Assert.True(await place.AskNeonAsync<bool>("select bool_and(handled_at >= due_at and due_at - published_at < interval '2 seconds') from dualdb.outbox where due_at is not null"));
        Assert.Empty(await node.Events.DeadLetters.ListAsync(new DeadLetterFilter { State = null }));
    }
}
