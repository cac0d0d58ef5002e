using DualDb.Consistency.Sagas;
using DualDb.Consistency.Tests.Places;
using DualDb.Testing;

namespace DualDb.Consistency.Tests.Sagas;

/// <summary>Calls that start an instance of one id at the same time, while the journal takes its time.</summary>
public class StartingTests(SagaPlace place) : IClassFixture<SagaPlace>
{
    [Fact]
    public async Task A_start_returns_only_when_the_journal_has_the_saga()
    {
        var node = place.Node(definitions: OrderSaga.Define());
        await using var blocking = await BlockAsync();
        var first = node.Order.StartAsync("durable", new Cart("Lamp"), SagaPlace.Token);
        await ComesToTheJournalAsync();

        var second = node.Order.StartAsync("durable", new Cart("Lamp"), SagaPlace.Token);
        Assert.False(second.IsCompleted);
        await blocking.RollbackAsync(SagaPlace.Token);
        await Task.WhenAll(first, second);

        Assert.NotNull(await place.StateAsync("durable"));
    }

    [Fact]
    public async Task A_caller_that_gives_up_takes_no_other_with_it()
    {
        var node = place.Node(definitions: OrderSaga.Define());
        await using var blocking = await BlockAsync();
        using var caller = new CancellationTokenSource();
        var first = node.Order.StartAsync("shared", new Cart("Lamp"), caller.Token);
        await ComesToTheJournalAsync();
        var second = node.Order.RunAsync("shared", new Cart("Lamp"), SagaPlace.Token);

        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await blocking.RollbackAsync(SagaPlace.Token);

        Assert.Equal(new Placed("N-shared"), await second);
    }

    [Fact]
    public async Task An_input_that_was_never_stored_refuses_no_other()
    {
        var node = place.Node(definitions: OrderSaga.Define());
        await using var blocking = await BlockAsync();
        using var caller = new CancellationTokenSource();
        var first = node.Order.StartAsync("other", new Cart("Lamp"), caller.Token);
        await ComesToTheJournalAsync();
        var second = node.Order.RunAsync("other", new Cart("Chair"), SagaPlace.Token);

        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await blocking.RollbackAsync(SagaPlace.Token);

        Assert.Equal(new Placed("N-other"), await second);
        Assert.Contains("Chair", await place.Root.Neon.ExecuteScalarAsync<string>($"select input::text from dualdb.sagas where id = 'other'", SagaPlace.Token), StringComparison.Ordinal);
    }

    /// <summary>The journal has it, in this node's name, and this node does not know: it need not wait for its own lease to end.</summary>
    [Fact]
    public async Task A_start_whose_reply_was_lost_is_run_at_once()
    {
        await using var line = await LatencyProxy.StartAsync(place.Servers.Servers.Neon.Host, place.Servers.Servers.Neon.Port, cancellationToken: SagaPlace.Token);
        var node = place.Node(options => options.Lease = TimeSpan.FromHours(1), place.Open(line.Rewrite), OrderSaga.Define());
        await node.Order.RunAsync("first", new Cart("Lamp"), SagaPlace.Token);
        line.DropNextReply();

        var exception = await Record.ExceptionAsync(() => node.Order.StartAsync("lost", new Cart("Lamp"), SagaPlace.Token));
        Assert.True(exception is null or DatabaseUnavailableException or CommitOutcomeUnknownException, exception?.ToString());

        Assert.Equal(new Placed("N-lost"), await node.Order.RunAsync("lost", new Cart("Lamp"), SagaPlace.Token).WaitAsync(TimeSpan.FromSeconds(30), SagaPlace.Token));
        Assert.Equal(1, line.DroppedReplies);
    }

    [Fact]
    public async Task Two_inputs_at_the_same_time_start_one_of_them()
    {
        var nodes = new[] { place.Node(definitions: OrderSaga.Define()), place.Node(definitions: OrderSaga.Define()) };

        var calls = Enumerable.Range(0, 16).Select(number => nodes[number % 2].Order.RunAsync("race", new Cart(number % 3 == 0 ? "Lamp" : "Chair"), SagaPlace.Token)).ToArray();
        await Task.WhenAll(calls.Select(static call => call.ContinueWith(static _ => { }, TaskScheduler.Default)));

        var refused = calls.Where(static call => call.IsFaulted).ToArray();
        Assert.Contains(refused.Length, new[] { 6, 10 });
        Assert.All(refused, static call => Assert.IsType<SagaInputMismatchException>(call.Exception!.InnerException));
        Assert.Equal(5, (await place.EffectsAsync("race")).Length);
    }

    /// <summary>Has nobody write to the journal until it is rolled back.</summary>
    private async Task<NeonTransaction> BlockAsync()
    {
        var transaction = await place.Root.Neon.BeginAsync(SagaPlace.Token);
        await transaction.ExecuteAsync($"lock table dualdb.sagas in exclusive mode", SagaPlace.Token);
        return transaction;
    }

    private Task ComesToTheJournalAsync() => Eventually.HoldsAsync(
        async () => await place.Root.Neon.ExecuteScalarAsync<long>($"select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like 'insert into dualdb.sagas%'", SagaPlace.Token) == 1,
        "a start waits for the journal");
}
