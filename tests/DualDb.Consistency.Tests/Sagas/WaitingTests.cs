using DualDb.Consistency.Sagas;
using DualDb.Consistency.Sagas.Running;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Sagas;

/// <summary>Sagas that wait for events and for time.</summary>
public class WaitingTests(SagaPlace place) : IClassFixture<SagaPlace>
{
    [Fact]
    public async Task Takes_events_in_their_order_each_once()
    {
        var node = place.Node(definitions: PaymentSaga.Define());
        var call = node.Order.RunAsync("two", new Cart("Lamp"), SagaPlace.Token);
        await place.ComesToAsync("two", "waiting");
        var first = Guid.NewGuid();

        await node.BringAsync(new PaymentReceived("two", 1.5m), "two", first, SagaPlace.Token);
        await node.BringAsync(new PaymentReceived("two", 1.5m), "two", first, SagaPlace.Token); // delivered twice
        await node.BringAsync(new PaymentReceived("other", 9), "other", Guid.NewGuid(), SagaPlace.Token);
        await node.BringAsync(new PaymentReceived("two", 2.5m), "two", Guid.NewGuid(), SagaPlace.Token);

        Assert.Equal(new Placed("1.5 + 2.5"), await call);
    }

    [Fact]
    public async Task Finds_events_that_came_before_it_waited_and_none_from_before_it_began()
    {
        var node = place.Node(definitions: PaymentSaga.Define());
        await node.BringAsync(new PaymentReceived("early", 100), "early", Guid.NewGuid(), SagaPlace.Token);
        var brought = 0;
        node.Options.Probe = point =>
        {
            if (point is { Moment: RunMoment.BeforeAttempt, Work.Method: "Place" } && Interlocked.Exchange(ref brought, 1) == 0)
            {
                node.BringAsync(new PaymentReceived("early", 1), "early", Guid.NewGuid()).GetAwaiter().GetResult();
                node.BringAsync(new PaymentReceived("early", 2), "early", Guid.NewGuid()).GetAwaiter().GetResult();
            }
        };

        Assert.Equal(new Placed("1 + 2"), await node.Order.RunAsync("early", new Cart("Lamp"), SagaPlace.Token));
    }

    [Fact]
    public async Task Another_node_goes_on_when_the_event_comes()
    {
        var node = place.Node(definitions: PaymentSaga.Define());
        await node.Order.StartAsync("moved", new Cart("Lamp"), SagaPlace.Token);
        await node.Engine.IdleAsync();
        Assert.Equal("waiting", await place.StateAsync("moved"));
        var other = place.Node(definitions: PaymentSaga.Define());

        await other.SweepAsync(); // Nothing is due: it has no lease, and waits for ever.
        Assert.Equal("waiting", await place.StateAsync("moved"));
        await other.BringAsync(new PaymentReceived("moved", 1), "moved", Guid.NewGuid(), SagaPlace.Token);
        await other.BringAsync(new PaymentReceived("moved", 2), "moved", Guid.NewGuid(), SagaPlace.Token);
        await Eventually.HoldsAsync(async () =>
        {
            await place.ExpireAsync("moved");
            await other.SweepAsync();
            return await place.StateAsync("moved") == "completed";
        }, "the instance is finished");
    }

    [Fact]
    public async Task Undoes_everything_where_the_event_does_not_come_in_time()
    {
        var node = place.Node(definitions: PaymentSaga.Define(timeout: TimeSpan.FromMilliseconds(300)));

        var exception = await Assert.ThrowsAsync<SagaFailedException>(() => node.Order.RunAsync("unpaid", new Cart("Lamp"), SagaPlace.Token));

        Assert.Contains("payment.received", exception.Message, StringComparison.Ordinal);
        Assert.Empty(await place.EffectsAsync("unpaid"));
    }

    [Fact]
    public async Task Waits_for_time_by_the_clock_of_the_database()
    {
        var node = place.Node(definitions: PaymentSaga.Define(delay: TimeSpan.FromHours(1)));
        await node.Order.StartAsync("slow", new Cart("Lamp"), SagaPlace.Token);
        await node.BringAsync(new PaymentReceived("slow", 1), "slow", Guid.NewGuid(), SagaPlace.Token);
        await node.BringAsync(new PaymentReceived("slow", 2), "slow", Guid.NewGuid(), SagaPlace.Token);
        await Eventually.HoldsAsync(
            async () =>
            {
                await node.SweepAsync();
                return await place.Root.Neon.ExecuteScalarAsync<long>($"select count(*) from dualdb.saga_waits where id = 'slow' and step = 'Rest'", SagaPlace.Token) == 1
                    && await place.StateAsync("slow") == "waiting";
            },
            "it waits for time");

        await place.ExpireAsync("slow"); // Looked at before its time, it goes on waiting.
        await node.SweepAsync();
        Assert.Equal("waiting", await place.StateAsync("slow"));
        await place.Root.Neon.ExecuteAsync($"update dualdb.saga_waits set until = clock_timestamp() where id = 'slow' and step = 'Rest'", SagaPlace.Token);
        await place.ExpireAsync("slow");

        Assert.Equal(new Placed("1 + 2"), await node.Order.WaitAsync("slow", SagaPlace.Token));
    }

    /// <summary>The event is brought at each place of a run, whatever the two meet in: none is missed.</summary>
    [Fact]
    public async Task Misses_no_event_wherever_it_meets_the_saga()
    {
        // One root for all of them: each would take connections of its own, and servers have so many.
        var root = place.Open();
        for (var point = 0; point < 12; point++)
        {
            var id = $"meets-{point}";
            var passed = -1;
            var node = place.Node(root: root, definitions: PaymentSaga.Define());
            Task? bringing = null;
            node.Options.Probe = _ =>
            {
                if (Interlocked.Increment(ref passed) == point)
                {
                    bringing = Task.Run(() => BringTwoAsync(node, id));
                }
            };
            var call = node.Order.RunAsync(id, new Cart("Lamp"), SagaPlace.Token);
            await Eventually.HoldsAsync(async () => Volatile.Read(ref bringing) is not null || call.IsCompleted || await place.StateAsync(id) == "waiting", $"{id} waits, or was met");
            Assert.False(call.IsFaulted, call.Exception?.ToString());
            await (bringing ?? BringTwoAsync(node, id));

            Assert.Equal(new Placed("1 + 2"), await call.WaitAsync(TimeSpan.FromSeconds(30), SagaPlace.Token));
        }
    }

    [Fact]
    public async Task Misses_no_event_that_comes_between_looking_and_waiting()
    {
        var node = place.Node(definitions: PaymentSaga.Define());
        var brought = 0;
        node.Options.Probe = point =>
        {
            if (point.Moment == RunMoment.BeforePuttingDown && Interlocked.Exchange(ref brought, 1) == 0)
            {
                BringTwoAsync(node, "between").GetAwaiter().GetResult();
            }
        };

        Assert.Equal(new Placed("1 + 2"), await node.Order.RunAsync("between", new Cart("Lamp"), SagaPlace.Token).WaitAsync(TimeSpan.FromSeconds(30), SagaPlace.Token));
    }

    /// <summary>The event's transaction has looked who waits, and is not committed when the saga looks for events.</summary>
    [Fact]
    public async Task Misses_no_event_whose_transaction_is_still_open()
    {
        var node = place.Node(definitions: PaymentSaga.Define());
        await using var transaction = await place.Root.Neon.BeginAsync(SagaPlace.Token);
        await EventSignal.BringAsync(node, transaction, new PaymentReceived("open", 1), "open", Guid.NewGuid(), SagaPlace.Token);
        await node.Order.StartAsync("open", new Cart("Lamp"), SagaPlace.Token);
        await Eventually.HoldsAsync(
            async () => await place.StateAsync("open") == "waiting"
                || await place.Root.Neon.ExecuteScalarAsync<long>($"select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'", SagaPlace.Token) > 0,
            "the saga waits, for the event or for its transaction");

        // Of the time after the saga began: an event from before it would not count.
        await transaction.ExecuteAsync($"update dualdb.saga_signals set arrived_at = clock_timestamp() where key = 'open'", SagaPlace.Token);
        await transaction.CommitAsync(SagaPlace.Token);
        await Eventually.HoldsAsync(
            async () => await place.Root.Neon.ExecuteScalarAsync<long>($"select count(*) from dualdb.saga_results where id = 'open' and step = 'First'", SagaPlace.Token) == 1 || await SweptAsync(),
            "the saga has taken the event");

        async Task<bool> SweptAsync()
        {
            await node.SweepAsync();
            return false;
        }
    }

    [Fact]
    public async Task A_wait_that_finds_out_that_the_saga_cannot_succeed_has_it_undone()
    {
        var node = place.Node(definitions: WaitingFor(static () => throw new SagaAbortException("nobody will pay")));

        var exception = await Assert.ThrowsAsync<SagaFailedException>(() => RunPlainAsync(node, "abort"));

        Assert.Contains("nobody will pay", exception.Message, StringComparison.Ordinal);
        Assert.Empty(await place.EffectsAsync("abort"));
    }

    [Theory]
    [InlineData("broken", "the key is broken")]
    [InlineData("none", "no key")]
    [InlineData("nul", "U+0000")]
    [InlineData("long", "bytes")]
    public async Task A_wait_without_a_key_that_can_be_one_is_given_up(string kind, string message)
    {
        var node = place.Node(definitions: WaitingFor(() => kind switch
        {
            "none" => null,
            "nul" => "a\0b",
            "long" => new string('k', 20_000),
            _ => throw new InvalidOperationException("the key is broken"),
        }));

        var exception = await Assert.ThrowsAsync<SagaFailedException>(() => RunPlainAsync(node, kind));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Empty(await place.EffectsAsync(kind));
        Assert.Contains((await node.Operations.FindAsync("order", kind, SagaPlace.Token))!.Timeline, static entry => entry is { Step: "Paid", State: "failed" });
    }

    [Fact]
    public async Task A_wait_for_longer_than_times_can_say_is_a_long_one()
    {
        var node = place.Node(definitions: PaymentSaga.Define(delay: TimeSpan.MaxValue));
        await node.BringAsync(new PaymentReceived("far", 1), "far", Guid.NewGuid(), SagaPlace.Token);
        await node.Order.StartAsync("far", new Cart("Lamp"), SagaPlace.Token);
        await node.BringAsync(new PaymentReceived("far", 1), "far", Guid.NewGuid(), SagaPlace.Token);
        await Eventually.HoldsAsync(
            async () =>
            {
                await node.SweepAsync();
                return await place.Root.Neon.ExecuteScalarAsync<long>($"select count(*) from dualdb.saga_waits where id = 'far' and step = 'Rest'", SagaPlace.Token) == 1;
            },
            "it waits for time");
        Assert.Equal("waiting", await place.StateAsync("far"));
    }

    /// <summary>What is due tomorrow is no reason to keep a database awake.</summary>
    [Fact]
    public async Task Leaves_the_journal_alone_while_it_waits_for_long()
    {
        var address = await place.Servers.Servers.Neon.CreateDatabaseAsync($"asleep_{Guid.NewGuid():n}", SagaPlace.Token);
        await using var root = new SagaRoot(address, place.Supabase);
        var node = new TestSagas(root, WaitingFor(static () => "asleep", TimeSpan.FromDays(1)));
        await node.InstallAsync(SagaPlace.Token);
        await root.Neon.ExecuteAsync($"create table ledger (id text, what text)", SagaPlace.Token);
        await node.StartPlainAsync("asleep");
        await node.Engine.IdleAsync();
        var runner = new Consistency.Sagas.Recovery.SagaRunner(node.Engine);

        var pauses = new List<TimeSpan>();
        for (var look = 0; look < 8; look++)
        {
            pauses.Add(await runner.LookAsync(SagaPlace.Token));
        }

        Assert.Equal("waiting", await root.Neon.ExecuteScalarAsync<string>($"select state from dualdb.sagas where id = 'asleep'", SagaPlace.Token));
        Assert.Equal(TimeSpan.FromMinutes(10), pauses[^1]);
    }

    private static SagaDefinition WaitingFor(Func<string?> key, TimeSpan? timeout = null) => new SagaDefinition<WaitingTests, Cart>(
        "order",
        Codecs.Cart,
        static (_, _) => null!,
        deadline: null,
        resultStep: null,
        SagaStep.Of<WaitingTests>(
            "Place", 1, Database.Neon,
            static (_, _, call) => call.Neon.ExecuteAsync($"insert into ledger (id, what) values ({call.Context.Id}, 'Place')", call.CancellationToken),
            SagaCompensation.Of<WaitingTests>("Withdraw", Database.Neon, static (_, _, call) => call.Neon.ExecuteAsync($"delete from ledger where id = {call.Context.Id}", call.CancellationToken), needsResult: false)),
        SagaStep.WaitFor<WaitingTests, PaymentReceived>("Paid", 2, (_, _, _) => key(), timeout));

    private static Task RunPlainAsync(TestSagas node, string id)
        => new Saga<Cart>(node, node.Engine.Definitions["order"]).RunAsync(id, new Cart("Lamp"), SagaPlace.Token).WaitAsync(TimeSpan.FromSeconds(60), SagaPlace.Token);

    private static async Task BringTwoAsync(TestSagas node, string id)
    {
        await node.BringAsync(new PaymentReceived(id, 1), id, Guid.NewGuid());
        await node.BringAsync(new PaymentReceived(id, 2), id, Guid.NewGuid());
    }
}
