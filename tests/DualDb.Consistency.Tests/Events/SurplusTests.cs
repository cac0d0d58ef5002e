using DualDb.Consistency.Events;
using DualDb.Consistency.Events.Dispatching;
using DualDb.Consistency.Tests.Events.Rig;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Events;

/// <summary>A node gives back what is more than its share when another joins, also while it has work in all of it.</summary>
public sealed class SurplusTests(ConsistencyServers places)
{
    [Fact]
    public async Task What_is_in_hand_leaves_and_is_given_back_when_it_has_ended()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var (first, second) = (new SlotLeases(place.Db.Neon, new EventOptions(), Guid.NewGuid()), new SlotLeases(place.Db.Neon, new EventOptions(), Guid.NewGuid()));
        Assert.Equal(64, (await first.KeepAsync([], CancellationToken.None)).Count);
        Assert.DoesNotContain(first.Held, static lease => lease.IsLeaving);
        Assert.Empty(await second.KeepAsync([], CancellationToken.None));

        // Nothing is idle: nothing is given back, and nothing new is begun on in half of it.
        await first.KeepAsync([], CancellationToken.None);
        Assert.Equal(64, first.Held.Count);
        short[] leaving = [.. first.Held.Where(static lease => lease.IsLeaving).Select(static lease => lease.Slot).Order()];
        Assert.Equal(Enumerable.Range(32, 32).Select(static slot => (short)slot), leaving);
        Assert.All(first.Held, static lease => Assert.True(lease.IsValid));

        await first.KeepAsync(leaving[..10], CancellationToken.None);
        Assert.Equal(54, first.Held.Count);
        Assert.Equal(leaving[..10].Length, (await second.KeepAsync([], CancellationToken.None)).Count);
        await first.KeepAsync(leaving[10..], CancellationToken.None);
        Assert.Equal(22, (await second.KeepAsync([], CancellationToken.None)).Count);
        Assert.Equal((32, 32), (first.Held.Count, second.Held.Count));
        Assert.DoesNotContain(first.Held, static lease => lease.IsLeaving);
    }

    [Fact]
    public async Task A_node_that_is_always_busy_hands_over_half_and_no_key_loses_its_order()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var buyers = Enumerable.Range(0, 256).Select(static number => $"buyer {number}").ToArray();
        var published = 0L;
        await PublishAsync();
        await place.StartAsync(options => (options.Lease, options.MaxInFlight) = (TimeSpan.FromSeconds(1), 5000));
        await Eventually.HoldsAsync(async () => await OwnersAsync(place) == "64", "one owner");
        await place.StartAsync(options => (options.Lease, options.MaxInFlight) = (TimeSpan.FromSeconds(1), 5000));
        await Eventually.HoldsAsync(
            async () =>
            {
                // So much is open that a slot is never empty by itself.
                while (await place.AskNeonAsync<long>("select count(*) from dualdb.outbox where handled_at is null") < 3000)
                {
                    await PublishAsync();
                }

                return await OwnersAsync(place) == "32,32";
            },
            "two owners");

        await Eventually.HoldsAsync(async () => await place.Db.Activities.CountAsync() >= published * buyers.Length, "all effects");
        foreach (var group in (await place.Db.Activities.AllRows().OrderBy(activity => activity.Id).ToListAsync()).GroupBy(static activity => activity.Buyer, StringComparer.Ordinal))
        {
            Assert.Equal(Enumerable.Range(0, (int)published).Select(static number => (long)number), group.Select(static activity => activity.Number));
        }

        // One of each key: many transactions' worth in one.
        async Task PublishAsync()
        {
            for (var time = 0; time < 8; time++)
            {
                await using var transaction = await place.Db.BeginNeonAsync();
                foreach (var buyer in buyers)
                {
                    transaction.Publish(new PurchaseMade(published, buyer), key: buyer);
                }

                await transaction.CommitAsync();
                published++;
            }
        }
    }

    private static Task<string> OwnersAsync(EventPlace place) => place.AskNeonAsync<string>(
        "select coalesce(string_agg(n::text, ',' order by n), '') from (select count(*) n from dualdb.outbox_slots where expires_at > clock_timestamp() group by owner) owners");
}
