using DualDb.Consistency.Events;
using DualDb.Consistency.Tests.Events.Rig;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Events;

/// <summary>What was parked is handled also when the row that it came from is gone with its partition.</summary>
public sealed class RevivalTests(ConsistencyServers places)
{
    private const string Drop = "with gone as (delete from dualdb.outbox returning 1) select count(*) from gone";

    [Fact]
    public async Task A_dead_letter_is_replayed_without_its_row_in_the_outbox()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var isPoison = true;
        var node = await place.StartAsync(behaviour: new Behaviour { BeforeRecording = (_, _, _) => isPoison ? throw new InvalidDataException("poison") : Task.CompletedTask });
        await place.PublishAsync("ada", 1, 2);
        await Eventually.HoldsAsync(async () => (await node.Events.DeadLetters.ListAsync()).Count == 1, "the dead letter");
        await Eventually.HoldsAsync(async () => await place.AskNeonAsync<long>("select count(*) from dualdb.outbox where handled_at is null") == 0, "the marks");
        Assert.Equal(2, await place.AskNeonAsync<long>(Drop));

        isPoison = false;
        Assert.Equal(1, await node.Events.DeadLetters.ReplayAsync(new DeadLetterFilter(), "operator"));
        await Eventually.HoldsAsync(async () => await place.Db.Activities.CountAsync() == 2, "both effects");
        Assert.Equal([1, 2], await place.NumbersAsync("ada"));
    }

    [Fact]
    public async Task What_an_older_node_did_not_know_is_handled_by_one_that_does_without_its_row_in_the_outbox()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);

        // As a node has parked them that does not know the name, in another order than they were published in.
        await place.AskNeonAsync<long>("""
            with parked as (
                insert into dualdb.outbox_deliveries (outbox_id, event_id, published_at, name, version, slot, key, payload, headers, handler, state, attempts)
                select -n, gen_random_uuid(), now() - interval '30 days', 'purchase.made', 1, 3, 'ada', json_build_object('number', n, 'buyer', 'ada'), '{"tenant":"north"}', '(unknown event)', 'dead', 1
                from generate_series(1, 3) n returning 1)
            select count(*) from parked
            """);
        var seen = new List<string>();
        var node = await place.StartAsync(behaviour: new Behaviour
        {
            BeforeRecording = (_, context, _) =>
            {
                seen.Add(context.Headers["tenant"]);
                return Task.CompletedTask;
            },
        });
        await node.Events.Delivered.WaitForAsync<PurchaseMade>(e => e.Number == 1);
        Assert.Equal([3, 2, 1], await place.NumbersAsync("ada"));
        Assert.Equal(["north"], seen.Distinct());
        Assert.Empty(await node.Events.DeadLetters.ListAsync(new DeadLetterFilter { State = null }));
    }
}
