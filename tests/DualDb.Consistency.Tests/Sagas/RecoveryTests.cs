using DualDb.Consistency.Sagas;
using DualDb.Consistency.Sagas.Recovery;
using DualDb.Consistency.Sagas.Running;
using DualDb.Consistency.Tests.Places;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DualDb.Consistency.Tests.Sagas;

/// <summary>Nodes that take over from each other.</summary>
public class RecoveryTests(SagaPlace place) : IClassFixture<SagaPlace>
{
    [Fact]
    public async Task A_lease_is_kept_while_a_step_takes_longer()
    {
        var node = place.Node(options => options.Lease = TimeSpan.FromSeconds(1.5), definitions: OrderSaga.Define());
        var other = place.Node(definitions: OrderSaga.Define());
        var goOn = new TaskCompletionSource();
        OrderSaga.Inside["long"] = (what, _, _) => what == "Hold" ? goOn.Task : Task.CompletedTask;
        await node.Order.StartAsync("long", new Cart("Lamp"), SagaPlace.Token);
        var first = await UntilAsync();

        await Eventually.HoldsAsync(
            async () =>
            {
                await new SagaRunner(other.Engine).LookAsync(SagaPlace.Token);
                return await UntilAsync() > first + TimeSpan.FromSeconds(3);
            },
            "the lease is renewed again and again");
        goOn.SetResult();
        await node.Engine.IdleAsync();

        Assert.Equal("completed", await place.StateAsync("long"));
        Assert.Equal(0, await place.Root.Neon.ExecuteScalarAsync<int>($"select takeovers from dualdb.sagas where id = 'long'", SagaPlace.Token));

        Task<DateTimeOffset> UntilAsync() => place.Root.Neon.ExecuteScalarAsync<DateTimeOffset>($"select lease_until from dualdb.sagas where id = 'long'", SagaPlace.Token);
    }

    [Fact]
    public async Task A_host_finishes_what_another_has_left()
    {
        var dead = place.Node(options => options.Probe = static _ => throw new InstanceLostException(), definitions: OrderSaga.Define());
        for (var number = 0; number < 50; number++)
        {
            await dead.Order.StartAsync($"left-{number}", new Cart("Lamp", number % 2 == 0 ? "" : "Ship"), SagaPlace.Token);
        }

        await dead.Engine.IdleAsync();
        await place.Root.Neon.ExecuteAsync($"update dualdb.sagas set next_due = clock_timestamp(), lease_until = clock_timestamp() where id like 'left-%'", SagaPlace.Token);

        using var host = Host(options => options.MaxConcurrency = 8);
        await host.StartAsync(SagaPlace.Token);
        await Eventually.HoldsAsync(
            async () => await place.Root.Neon.ExecuteScalarAsync<long>($"select count(*) from dualdb.sagas where id like 'left-%' and state in ('completed', 'compensated')", SagaPlace.Token) == 50,
            "all are finished");
        await host.StopAsync(SagaPlace.Token);

        Assert.Equal(25 * 5, await place.Root.Neon.ExecuteScalarAsync<long>($"select count(*) from ledger where id like 'left-%'", SagaPlace.Token)
            + await place.Root.Supabase.ExecuteScalarAsync<long>($"select count(*) from ledger where id like 'left-%'", SagaPlace.Token));
    }

    [Fact]
    public async Task A_host_that_stops_gives_back_what_it_has_not_done()
    {
        using var host = Host();
        await host.StartAsync(SagaPlace.Token);
        var sagas = host.Services.GetRequiredService<TestSagas>();
        var (inside, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        OrderSaga.Inside["stopped"] = (what, _, _) =>
        {
            if (what == "Place")
            {
                inside.TrySetResult();
                return goOn.Task;
            }

            return Task.CompletedTask;
        };
        await sagas.Order.StartAsync("stopped", new Cart("Lamp"), SagaPlace.Token);
        await inside.Task.WaitAsync(SagaPlace.Token);

        var stopping = host.StopAsync(SagaPlace.Token);
        await Eventually.HoldsAsync(() => sagas.Engine.IsStopping, "the engine stops");
        goOn.SetResult();
        await stopping;

        Assert.Equal("running", await place.StateAsync("stopped"));
        Assert.Equal(["Place"], await place.EffectsAsync("stopped"));
        var other = place.Node(definitions: OrderSaga.Define());
        await other.SweepAsync(); // At once: nobody's lease has to run out.
        Assert.Equal("completed", await place.StateAsync("stopped"));
    }

    [Fact]
    public async Task An_instance_that_ends_one_node_after_the_other_is_parked()
    {
        for (var number = 0; number <= 4; number++)
        {
            var node = place.Node(
                options =>
                {
                    options.MaxTakeovers = 3;
                    options.Probe = static _ => throw new InstanceLostException();
                },
                definitions: OrderSaga.Define());
            if (number == 0)
            {
                await node.Order.StartAsync("deadly", new Cart("Lamp"), SagaPlace.Token);
                await node.Engine.IdleAsync();
            }
            else
            {
                await place.ExpireAsync("deadly");
                await node.SweepAsync();
            }
        }

        Assert.Equal("parked", await place.StateAsync("deadly"));
        var calm = place.Node(definitions: OrderSaga.Define());
        await calm.Operations.ResumeAsync("order", "deadly", "ada", "more memory", SagaPlace.Token);
        await calm.Order.WaitAsync("deadly", SagaPlace.Token);
    }

    /// <summary>A service is missing in its container, say: operators can see that, and the next deployment mends it.</summary>
    [Fact]
    public async Task Says_why_a_saga_cannot_be_run_and_runs_it_once_it_can()
    {
        var broken = place.Node(definitions: Define(static () => throw new InvalidOperationException("There is no IPayments.")));
        await broken.StartPlainAsync("unmade");
        await broken.Engine.IdleAsync();
        Assert.Contains("There is no IPayments.", (await broken.Operations.FindAsync("order", "unmade", SagaPlace.Token))!.Summary.Error, StringComparison.Ordinal);

        await place.ExpireAsync("unmade");
        await place.Node(definitions: Define(static () => null!)).SweepAsync();

        var summary = (await broken.Operations.FindAsync("order", "unmade", SagaPlace.Token))!.Summary;
        Assert.Equal((SagaState.Completed, null), (summary.State, summary.Error));

        static SagaDefinition Define(Func<RecoveryTests> create) => new SagaDefinition<RecoveryTests, Cart>(
            "order", Codecs.Cart, (_, _) => create(), deadline: null, resultStep: null,
            SagaStep.Of<RecoveryTests>("Place", 1, Database.Neon, static (_, _, _) => Task.CompletedTask));
    }

    [Fact]
    public async Task Finds_room_for_more_than_run_at_the_same_time()
    {
        var node = place.Node(options => options.MaxConcurrency = 2, definitions: OrderSaga.Define());

        await Task.WhenAll(Enumerable.Range(0, 30).Select(number => node.Order.RunAsync($"room-{number}", new Cart("Lamp"), SagaPlace.Token)));
    }

    [Fact]
    public async Task Leaves_the_journal_alone_when_there_is_nothing_to_do()
    {
        var address = await place.Servers.Servers.Neon.CreateDatabaseAsync($"idle_{Guid.NewGuid():n}", SagaPlace.Token);
        await using var root = new SagaRoot(address, place.Supabase);
        var sagas = new TestSagas(root, OrderSaga.Define());
        await sagas.InstallAsync(SagaPlace.Token);
        var runner = new SagaRunner(sagas.Engine);

        var pauses = new List<TimeSpan>();
        for (var look = 0; look < 8; look++)
        {
            pauses.Add(await runner.LookAsync(SagaPlace.Token));
        }

        Assert.Equal(pauses.Order(), pauses);
        Assert.Equal(TimeSpan.FromMinutes(10), pauses[^1]);
    }

    [Fact]
    public async Task Forgets_what_was_finished_long_ago()
    {
        var node = place.Node(definitions: OrderSaga.Define());
        await node.Order.RunAsync("old", new Cart("Lamp"), SagaPlace.Token);
        await node.Order.RunAsync("new", new Cart("Lamp"), SagaPlace.Token);
        await place.Root.Neon.ExecuteAsync($"update dualdb.sagas set finished_at = finished_at - interval '31 days' where id = 'old'", SagaPlace.Token);

        Assert.Equal(1, await new Purge(node.Engine).RunAsync(SagaPlace.Token));

        Assert.Equal((null, "completed"), (await place.StateAsync("old"), await place.StateAsync("new")));
        Assert.Equal(0, await place.Root.Supabase.ExecuteScalarAsync<long>($"select count(*) from dualdb.saga_results where id = 'old'", SagaPlace.Token));
    }

    private IHost Host(Action<SagaOptions>? configure = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(_ => place.Open());
        builder.Services.AddSingleton(provider => new TestSagas(provider.GetRequiredService<SagaRoot>(), OrderSaga.Define()));
        builder.Services.AddSingleton<IHostedService>(provider =>
        {
            var sagas = provider.GetRequiredService<TestSagas>();
            configure?.Invoke(sagas.Options);
            return new SagaService(sagas);
        });
        return builder.Build();
    }
}
