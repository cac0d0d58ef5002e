using DualDb.Consistency.Events;
using DualDb.Consistency.Events.Dispatching;
using DualDb.Consistency.Tests.Events.Rig;
using DualDb.Consistency.Tests.Places;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace DualDb.Consistency.Tests.Events;

/// <summary>What a node has in hand when a lease is over, and what it begins on when it has got the keys back, must not overtake each other.</summary>
public sealed class LeaseTests(ConsistencyServers places)
{
    [Fact]
    public void A_lease_that_was_seen_to_be_over_stays_over()
    {
        var clock = new FakeTimeProvider();
        var lease = new SlotLease(slot: 1, token: 1, clock);
        Assert.True(lease.RenewFrom(clock.GetTimestamp(), TimeSpan.FromSeconds(3)));
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(lease.IsValid);
        Assert.True(lease.RenewFrom(clock.GetTimestamp(), TimeSpan.FromSeconds(3)));
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.False(lease.IsValid);
        Assert.False(lease.RenewFrom(clock.GetTimestamp(), TimeSpan.FromSeconds(3)));
        Assert.False(lease.IsValid);
    }

    [Fact]
    public async Task What_is_read_after_a_lease_was_lost_does_not_overtake_what_was_begun_before()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var (begun, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var behaviour = new Behaviour
        {
            BeforeRecording = async (e, context, _) =>
            {
                if (e.Number == 1 && begun.TrySetResult())
                {
                    await go.Task;
                }
            },
        };
        await place.StartAsync(options => options.Lease = TimeSpan.FromSeconds(1), behaviour);
        await place.PublishAsync("ada", 1, 2);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await Eventually.HoldsAsync(async () => await place.Db.Receipts.CountAsync() == 2, "the second event, which is in hand");

        // For a moment the keys are another's, who does nothing with them.
        await place.AskNeonAsync<long>("with lost as (update dualdb.outbox_slots set owner = gen_random_uuid(), token = token + 1, expires_at = clock_timestamp() + interval '200 milliseconds' returning 1) select count(*) from lost");
        await place.PublishAsync("ada", 3);
        await Eventually.HoldsAsync(async () => await place.AskNeonAsync<long>("select count(*) from dualdb.outbox_slots where token = 3 and expires_at > clock_timestamp()") == 64, "the keys are back");
        go.SetResult();

        await Eventually.HoldsAsync(async () => await place.Db.Activities.CountAsync() == 3, "all effects");
        Assert.Equal([1, 2, 3], (await place.Db.Activities.AllRows().OrderBy(activity => activity.Id).ToListAsync()).Select(activity => activity.Number));
    }

    [Fact]
    public async Task What_has_failed_before_a_node_took_over_is_asked_for_until_there_is_an_answer()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var poison = new Behaviour { BeforeRecording = static (e, _, _) => e.Number == 1 ? throw new InvalidDataException("poison") : Task.CompletedTask };
        var first = await place.StartAsync(behaviour: poison);
        await place.PublishAsync("ada", 1);
        await Eventually.HoldsAsync(async () => (await first.Events.DeadLetters.ListAsync()).Count == 1, "the dead letter");
        await first.StopAsync();

        // The question is held up by a lock, and fails.
        await using var locking = new NpgsqlConnection(place.Neon);
        await locking.OpenAsync();
        await using var held = await locking.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("lock table dualdb.outbox_deliveries in access exclusive mode", locking, held))
        {
            await command.ExecuteNonQueryAsync();
        }

        var second = await place.StartAsync(behaviour: poison);
        await Eventually.HoldsAsync(
            async () => await place.AskNeonAsync<long>("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like 'select distinct handler, key%'") == 1,
            "the question");
        await held.RollbackAsync();

        await place.PublishAsync("ada", 2);
        await Eventually.HoldsAsync(async () => (await second.Events.DeadLetters.ListAsync(new DeadLetterFilter { State = DeliveryState.Waiting })).Count == 1, "the event behind the poison");
        Assert.Equal(0, await place.Db.Activities.CountAsync());
    }
}
