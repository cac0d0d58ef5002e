using DualDb.Consistency.Events;
using DualDb.Consistency.Tests.Events.Rig;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Events;

/// <summary>A failure is written at once, and not when slower handlers of the event have ended.</summary>
public sealed class PromptFailureTests(ConsistencyServers places)
{
    private static readonly DeadLetterFilter All = new() { State = null };

    [Fact]
    public async Task A_failure_is_known_while_another_handler_still_works_and_nothing_overtakes_it()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var (isPoison, go) = (true, new TaskCompletionSource());
        var node = await place.StartAsync(behaviour: new Behaviour
        {
            BeforeRecording = (e, _, _) => isPoison && e.Number == 1 ? throw new InvalidDataException("poison") : Task.CompletedTask,
            BeforeReceipt = (e, _, _) => e.Number == 1 ? go.Task : Task.CompletedTask,
        });
        await place.PublishAsync("ada", 1);
        await Eventually.HoldsAsync(async () => (await node.Events.DeadLetters.ListAsync()).Count == 1, "the failure, all attempts of it");
        Assert.Equal(0, await place.Db.Receipts.CountAsync());

        await place.PublishAsync("ada", 2, 3);
        await Eventually.HoldsAsync(async () => (await node.Events.DeadLetters.ListAsync(All)).Count == 3, "the later ones behind it");
        Assert.Equal(0, await place.Db.Activities.CountAsync());

        isPoison = false;
        Assert.Equal(1, await node.Events.DeadLetters.ReplayAsync(new DeadLetterFilter(), "operator"));
        await Eventually.HoldsAsync(async () => await place.Db.Activities.CountAsync() == 3, "all effects of the one handler");
        Assert.Equal([1, 2, 3], await place.NumbersAsync("ada"));
        go.SetResult();
        await Eventually.HoldsAsync(async () => await place.Db.Receipts.CountAsync() == 3, "all effects of the other");
        Assert.Equal([1, 2, 3], (await place.Db.Receipts.AllRows().OrderBy(receipt => receipt.Id).ToListAsync()).Select(receipt => receipt.Number));
        await Eventually.HoldsAsync(
            async () => await place.AskNeonAsync<long>("select (select count(*) from dualdb.outbox where handled_at is null) + (select count(*) from dualdb.outbox_deliveries)") == 0, "the end of all");
    }
}
