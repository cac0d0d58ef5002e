using DualDb.Consistency.Events;
using DualDb.Consistency.Events.Dispatching;
using DualDb.Consistency.Tests.Events.Rig;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Events;

/// <summary>What has failed is not overtaken by what stands behind it.</summary>
public sealed class OrderTests(ConsistencyServers places)
{
    [Fact]
    public async Task What_was_promoted_together_does_not_overtake_the_one_that_failed()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var first = await place.StartAsync(behaviour: new Behaviour { BeforeRecording = static (_, _, _) => throw new InvalidDataException("poison") });
        await place.PublishAsync("ada", 1, 2, 3);
        await Eventually.HoldsAsync(async () => (await first.Events.DeadLetters.ListAsync(new DeadLetterFilter { State = null })).Count == 3, "a failure, and two behind it");
        await first.StopAsync();

        // As a node leaves it that was killed after all three were promoted and the first had failed again.
        await place.AskNeonAsync<long>(
            "with left_behind as (update dualdb.outbox_deliveries set state = 'retrying', attempts = 1, next_attempt_at = clock_timestamp() + case when payload ->> 'number' = '1' then interval '2 seconds' else interval '0' end returning 1) select count(*) from left_behind");
        await place.StartAsync();
        await Eventually.HoldsAsync(async () => await place.Db.Activities.CountAsync() == 3, "all effects");
        Assert.Equal([1, 2, 3], (await place.Db.Activities.AllRows().OrderBy(activity => activity.Id).ToListAsync()).Select(activity => activity.Number));
    }

    [Fact]
    public void A_look_from_before_a_failure_has_arrived_sends_nothing_behind_it()
    {
        var blocked = new BlockedKeys();
        var moment = blocked.Moment;
        Assert.True(blocked.MayFollow("handler", "ada", moment));
        blocked.Expect("handler", "ada", isRetry: true);
        Assert.False(blocked.MayFollow("handler", "ada", blocked.Moment));
        blocked.Arrived("handler", "ada", isRetry: true);
        Assert.False(blocked.MayFollow("handler", "ada", moment));
        Assert.True(blocked.MayFollow("handler", "ada", blocked.Moment));
        Assert.True(blocked.MayFollow("handler", key: null, moment));

        // Events that are written behind hold up nothing: as many as come, what has failed is tried again.
        moment = blocked.Moment;
        blocked.Expect("handler", "ada", isRetry: false);
        Assert.True(blocked.MayFollow("handler", "ada", moment));
    }

    [Fact]
    public void A_key_is_blocked_when_what_has_failed_is_on_its_way_and_free_when_nothing_is_left()
    {
        var blocked = new BlockedKeys();
        blocked.Expect("handler", "ada", isRetry: false);
        Assert.False(blocked.Contains("handler", "ada"));
        blocked.Show("handler", "ada");
        Assert.True(blocked.Contains("handler", "ada"));
        blocked.Emptied("handler", "ada");
        Assert.True(blocked.Contains("handler", "ada"));
        blocked.Arrived("handler", "ada", isRetry: false);
        blocked.Emptied("handler", "ada");
        Assert.False(blocked.Contains("handler", "ada"));

        // Where it has arrived, been handled and removed before it was shown.
        blocked.Show("handler", "ada");
        Assert.False(blocked.Contains("handler", "ada"));
    }
}
