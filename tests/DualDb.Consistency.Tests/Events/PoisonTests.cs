using DualDb.Consistency.Events;
using DualDb.Consistency.Tests.Events.Rig;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Events;

/// <summary>What an event does that cannot be handled, and what operators can do about it.</summary>
public sealed class PoisonTests(ConsistencyServers places)
{
    private static Behaviour FailingOn(Func<PurchaseMade, bool> poison) => new()
    {
        BeforeRecording = (e, _, _) => poison(e) ? throw new InvalidDataException($"purchase {e.Number} is poison") : Task.CompletedTask,
    };

    [Theory]
    [InlineData(DeliveryState.Waiting, 0)]
    [InlineData(DeliveryState.Retrying, 0)]
    [InlineData(null, 2)]
    public async Task What_was_given_up_is_not_replayed_by_whoever_names_others(DeliveryState? state, int replayed)
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var node = await place.StartAsync();
        await place.InsertAsync("purchase.made", """{"buyer":"ada"}""");
        await Eventually.HoldsAsync(async () => (await node.Events.DeadLetters.ListAsync()).Count == 2, "the parked event");
        await node.StopAsync();
        Assert.Equal(replayed, await place.Events.DeadLetters.ReplayAsync(new DeadLetterFilter { State = state }, "ada"));
    }

    [Fact]
    public async Task Who_waits_for_an_event_passes_over_one_that_cannot_be_read()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var node = await place.StartAsync();
        await place.InsertAsync("purchase.made", """{"buyer":"ada"}""");
        await Eventually.HoldsAsync(async () => (await node.Events.DeadLetters.ListAsync()).Count == 2, "the parked event");
        await place.PublishAsync("bob", 7);
        Assert.Equal("bob", (await node.Events.Delivered.WaitForAsync<PurchaseMade>()).Event.Buyer);
    }

    [Fact]
    public async Task A_poison_event_parks_its_key_and_lets_the_others_flow()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var poisoned = true;
        var node = await place.StartAsync(behaviour: FailingOn(e => poisoned && e.Number == 2 && e.Buyer == "ada"));
        await place.PublishAsync("ada", 1, 2, 3, 4);
        await place.PublishAsync("bob", 1, 2, 3);

        await Eventually.HoldsAsync(async () => (await node.Events.DeadLetters.ListAsync()).Count == 1, "the dead letter");
        await Eventually.HoldsAsync(async () => await place.Db.Activities.CountAsync() == 4 && await place.Db.Receipts.CountAsync() == 7, "the other events");
        var letter = Assert.Single(await node.Events.DeadLetters.ListAsync());
        Assert.Equal(("RecordActivity", 3, "ada", DeliveryState.Dead), (letter.Handler, letter.Attempts, letter.Event.Key, letter.State));
        Assert.Contains("purchase 2 is poison", letter.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await node.Events.DeadLetters.ListAsync(new DeadLetterFilter { State = DeliveryState.Waiting })).Count);

        // Later ones wait behind it as well, also after another node has taken over.
        await node.StopAsync();
        var other = await place.StartAsync(behaviour: FailingOn(e => poisoned && e.Number == 2 && e.Buyer == "ada"));
        await place.PublishAsync("ada", 5);
        await Eventually.HoldsAsync(async () => (await other.Events.DeadLetters.ListAsync(new DeadLetterFilter { State = DeliveryState.Waiting })).Count == 3, "the later one behind it");

        poisoned = false;
        Assert.True(await other.Events.DeadLetters.ReplayAsync(letter, "operator", "mended"));
        Assert.False(await other.Events.DeadLetters.ReplayAsync(letter, "operator", "again"));
        await Eventually.HoldsAsync(async () => await place.Db.Activities.CountAsync() == 8, "the parked events");
        var numbers = (await place.Db.Activities.Where(a => a.Buyer == "ada").OrderBy(a => a.Id).ToListAsync()).Select(activity => activity.Number);
        Assert.Equal([1, 2, 3, 4, 5], numbers);
        await Eventually.HoldsAsync(async () => (await other.Events.DeadLetters.ListAsync(new DeadLetterFilter { State = null })).Count == 0, "an empty table");

        // The key is free again.
        await place.PublishAsync("ada", 6);
        await Eventually.HoldsAsync(async () => await place.Db.Activities.CountAsync() == 9, "the event after");
        var entry = Assert.Single(await other.Events.DeadLetters.AuditAsync());
        Assert.Equal(("operator", "replay", "mended"), (entry.Actor, entry.Action, entry.Reason));
    }

    [Fact]
    public async Task Retries_that_share_a_batch_with_a_poison_event_are_tried_without_it()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var first = await place.StartAsync(behaviour: FailingOn(_ => true));
        foreach (var number in Enumerable.Range(0, 10))
        {
            await place.PublishAsync($"buyer {number}", number, number + 100);
        }

        await Eventually.HoldsAsync(async () => (await first.Events.DeadLetters.ListAsync()).Count == 10, "a failure of each key");
        await first.StopAsync();
        await place.AskNeonAsync<long>("with due as (update dualdb.outbox_deliveries set state = 'retrying', attempts = 1, next_attempt_at = clock_timestamp() where state = 'dead' returning 1) select count(*) from due");

        // One worker, so that all that are due at once share its transaction.
        var second = await place.StartAsync(options => options.MaxConcurrency = 1, FailingOn(e => e.Number == 3));
        await Eventually.HoldsAsync(async () => await place.Db.Activities.CountAsync() == 18, "the other keys");
        await Eventually.HoldsAsync(async () => (await second.Events.DeadLetters.ListAsync()).Count == 1, "the poison event, given up");
        Assert.Equal(3, Assert.Single(await second.Events.DeadLetters.ListAsync()).Attempts);
    }

    [Fact]
    public async Task Dead_letters_are_grouped_and_can_be_discarded()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var node = await place.StartAsync(behaviour: FailingOn(e => e.Number <= 2));
        await place.PublishAsync("ada", 1, 3);
        await place.PublishAsync("bob", 2);
        await Eventually.HoldsAsync(async () => (await node.Events.DeadLetters.ListAsync()).Count == 2, "both dead letters");

        var group = Assert.Single(await node.Events.DeadLetters.GroupsAsync());
        Assert.Equal(2, group.Count);
        Assert.Equal("InvalidDataException: purchase # is poison", group.Name);
        foreach (var letter in await node.Events.DeadLetters.ListAsync(new DeadLetterFilter { FailureGroup = group.Name }))
        {
            Assert.True(await node.Events.DeadLetters.DiscardAsync(letter, "operator", "a test order"));
        }

        await Eventually.HoldsAsync(async () => await place.Db.Activities.CountAsync() == 1, "what waited behind");
        Assert.Equal(2, (await node.Events.DeadLetters.AuditAsync()).Count(entry => entry.Action == "discard" && entry.Payload!.Contains("number", StringComparison.Ordinal)));
        await place.PublishAsync("bob", 4);
        await Eventually.HoldsAsync(async () => await place.Db.Activities.CountAsync() == 2, "the freed key");
    }

    [Fact]
    public async Task A_payload_that_cannot_be_read_is_parked_at_once_and_can_be_edited()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var node = await place.StartAsync();
        await InsertAsync(place, "purchase.made", 1, """{"number":"seven"}""");
        await Eventually.HoldsAsync(async () => (await node.Events.DeadLetters.ListAsync()).Count == 2, "one per handler");

        var letter = (await node.Events.DeadLetters.ListAsync(new DeadLetterFilter { Handler = "RecordActivity" })).Single();
        Assert.Equal(1, letter.Attempts);
        await Assert.ThrowsAsync<ArgumentException>(() => node.Events.DeadLetters.EditAsync(letter, "{", null, "operator", "a try"));
        Assert.True(await node.Events.DeadLetters.EditAsync(letter, """{"number":7,"buyer":"ada"}""", null, "operator", "it was misspelt"));
        Assert.True(await node.Events.DeadLetters.ReplayAsync(letter, "operator"));
        await Eventually.HoldsAsync(async () => await place.Db.Activities.CountAsync() == 1, "the edited event");
    }

    [Fact]
    public async Task An_unknown_name_is_parked_and_harms_nobody()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var node = await place.StartAsync();
        await InsertAsync(place, "nobody.knows", 1, "{}");
        await place.PublishAsync("ada", 1);

        await Eventually.HoldsAsync(async () => await place.Db.Activities.CountAsync() == 1, "the event of the same key");
        await Eventually.HoldsAsync(async () => (await node.Events.DeadLetters.ListAsync()).Count == 1, "the parked one");
        var letter = Assert.Single(await node.Events.DeadLetters.ListAsync());
        Assert.Contains("'nobody.knows'", letter.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, """{"buyer":"ada","first":"Ada","last":"Byron"}""", true)]
    [InlineData(2, """{"buyer":"ada","name":"Ada Byron"}""", true)]
    [InlineData(1, """{"buyer":"ada"}""", false)]
    [InlineData(3, """{"buyer":"ada","name":"Ada Byron"}""", false)]
    public async Task Older_payloads_are_upgraded_and_what_cannot_be_is_parked(int version, string payload, bool isRead)
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var behaviour = new Behaviour();
        var node = await place.StartAsync(behaviour: behaviour);
        await InsertAsync(place, "profile.renamed", version, payload);
        if (isRead)
        {
            await Eventually.HoldsAsync(() => behaviour.Mails.Count == 1, "the mail");
            Assert.Equal("Ada Byron", behaviour.Mails.Single().Event.Name);
        }
        else
        {
            await Eventually.HoldsAsync(async () => (await node.Events.DeadLetters.ListAsync()).Count == 1, "the dead letter");
            Assert.Contains(nameof(EventPayloadException), (await node.Events.DeadLetters.ListAsync()).Single().Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_handler_that_never_returns_is_given_up_while_other_keys_flow()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var never = new TaskCompletionSource();
        var node = await place.StartAsync(behaviour: new Behaviour { BeforeRecording = (e, _, _) => e.Buyer == "ada" ? never.Task : Task.CompletedTask });
        await place.PublishAsync("ada", 1);
        await place.PublishAsync("bob", Enumerable.Range(0, 30).Select(number => (long)number));

        await Eventually.HoldsAsync(async () => await place.Db.Activities.CountAsync() == 30, "the other key");
        Assert.Empty(await node.Events.DeadLetters.ListAsync());
        await Eventually.HoldsAsync(async () => (await node.Events.DeadLetters.ListAsync()).Count == 1, "the one that hangs, given up");
        Assert.Contains(nameof(HandlerTimeoutException), (await node.Events.DeadLetters.ListAsync()).Single().Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_without_a_database_is_tried_again_with_the_same_idempotency_key()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var keys = new List<string>();
        var behaviour = new Behaviour();
        behaviour.OnMail = (_, context) =>
        {
            keys.Add(context.IdempotencyKey);
            return keys.Count == 1 ? throw new HttpRequestException("the mail server is away") : Task.CompletedTask;
        };
        var node = await place.StartAsync(behaviour: behaviour);
        await node.Events.PublishAsync(new ProfileRenamed("ada", "Ada"), key: "ada");

        await Eventually.HoldsAsync(() => behaviour.Mails.Count == 1, "the second attempt");
        Assert.Equal(2, keys.Count);
        Assert.Single(keys.Distinct());
        Assert.Equal(2, behaviour.Mails.Single().Context.Attempt);
    }

    private static Task InsertAsync(EventPlace place, string name, int version, string payload)
        => place.AskNeonAsync<long>($"with written as (insert into dualdb.outbox (event_id, name, version, slot, key, payload) values (gen_random_uuid(), '{name}', {version}, 3, 'ada', '{payload}') returning 1) select count(*) from written");
}
