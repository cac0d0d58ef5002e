using DualDb.Consistency.Events;
using DualDb.Consistency.Sagas;
using DualDb.Consistency.Tests.Events.Rig;
using DualDb.Consistency.Tests.Places;
using DualDb.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DualDb.Consistency.Tests.Sagas.Generated;

/// <summary>Sagas through everything that is generated: the definition, the root, the registrations, the events that they wait for.</summary>
public class GeneratedSagaTests(ConsistencyServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Database.Neon, Database.Neon)]
    [InlineData(Database.Neon, Database.Supabase)]
    [InlineData(Database.Supabase, Database.Neon)]
    public async Task Runs_with_the_host_and_takes_its_event_from_the_outbox(Database home, Database outbox)
    {
        using var host = await StartAsync(home);
        var db = host.Services.GetRequiredService<TestDb>();
        var buyer = $"ada-{home}-{outbox}";

        var call = db.Sagas.Purchase.RunAsync(buyer, new Buy(buyer), Token);
        await Eventually.HoldsAsync(async () => await StateAsync(db, buyer) == SagaState.Waiting, "it waits for its payment");
        await db.Events.PublishAsync(new BillPaid(1, 7), key: buyer, database: outbox, cancellationToken: Token);
        var purchase = await call;

        Assert.Equal(buyer, purchase.Buyer);
        Assert.Equal(purchase, await db.Purchases.FindAsync(purchase.Id, Token));
        Assert.Equal(7, Assert.Single(await db.Activities.Where(activity => activity.Buyer == buyer).ToListAsync(Token)).Number);
        Assert.Single(host.Services.GetRequiredService<Postman>().Letters, letter => letter.StartsWith(buyer, StringComparison.Ordinal));
        Assert.Equal(purchase, await db.Sagas.Purchase.RunAsync(buyer, new Buy(buyer), Token));
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task Undoes_what_it_has_done_and_tells_how_it_is()
    {
        using var host = await StartAsync(Database.Neon);
        var db = host.Services.GetRequiredService<TestDb>();
        await db.Sagas.Purchase.StartAsync("bob", new Buy("bob", Fails: true), Token);
        await db.Events.PublishAsync(new BillPaid(1, 7), key: "bob", cancellationToken: Token);

        var exception = await Assert.ThrowsAsync<SagaFailedException>(() => db.Sagas.Purchase.WaitAsync("bob", Token));

        Assert.Contains("The post does not go there.", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, await db.Purchases.Where(purchase => purchase.Buyer == "bob").CountAsync(Token));
        Assert.Equal(0, await db.Activities.Where(activity => activity.Buyer == "bob").CountAsync(Token));
        var details = await db.Sagas.Operations.FindAsync("purchase", "bob", Token);
        Assert.Contains("\"buyer\":\"bob\"", details!.Input, StringComparison.Ordinal);
        var health = await new SagaHealthCheck<TestDb>(host.Services).CheckHealthAsync(new HealthCheckContext(), Token);
        Assert.Equal(HealthStatus.Healthy, health.Status);
        await host.StopAsync(Token);
    }

    [Theory]
    [InlineData(Database.Neon)]
    [InlineData(Database.Supabase)]
    public async Task Starts_while_a_database_is_away_and_runs_when_it_is_back(Database away)
    {
        var server = away == Database.Neon ? servers.Servers.Neon : servers.Servers.Supabase;
        await using var line = await LatencyProxy.StartAsync(server.Host, server.Port, cancellationToken: Token);
        using var host = await StartAsync(Database.Neon, line, away);
        var db = host.Services.GetRequiredService<TestDb>();
        line.RefuseConnections = false;

        await Eventually.HoldsAsync(async () => await TryAsync(() => db.Sagas.Purchase.StartAsync("carol", new Buy("carol"), Token)), "it can be started");
        await Eventually.HoldsAsync(async () => await TryAsync(() => db.Events.PublishAsync(new BillPaid(1, 7), key: "carol", database: Database.Neon, cancellationToken: Token)), "it is paid");
        Assert.Equal("carol", (await db.Sagas.Purchase.WaitAsync("carol", Token)).Buyer);
        await host.StopAsync(Token);
    }

    private static async Task<bool> TryAsync(Func<Task> action)
    {
        try
        {
            await action();
            return true;
        }
        catch (DatabaseUnavailableException)
        {
            return false;
        }
    }

    private static async Task<SagaState?> StateAsync(TestDb db, string id) => (await db.Sagas.Operations.FindAsync("purchase", id, Token))?.Summary.State;

    /// <param name="home">Where the journal is.</param>
    /// <param name="line">A line that takes no connection while the host starts; null for none.</param>
    /// <param name="away">The database behind that line.</param>
    private async Task<IHost> StartAsync(Database home, LatencyProxy? line = null, Database away = default)
    {
        var place = await EventPlace.CreateAsync(servers.Servers);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddTestDb(options =>
        {
            options.Neon.ConnectionString = line is not null && away == Database.Neon ? line.Rewrite(place.Neon) : place.Neon;
            options.Supabase.ConnectionString = line is not null && away == Database.Supabase ? line.Rewrite(place.Supabase) : place.Supabase;
        });
        builder.Services.AddSingleton<Postman>();
        builder.Services.AddSingleton(new Behaviour());
        builder.Services.AddTestDbEvents(options => options.MaxPollInterval = TimeSpan.FromMilliseconds(100));
        builder.Services.AddTestDbSagas(options => options.Home = home);
        var host = builder.Build();
        await host.Services.GetRequiredService<TestDb>().Sagas.InstallAsync(Token);
        if (line is not null)
        {
            line.RefuseConnections = true;
            await line.CutAsync();
        }

        await host.StartAsync(Token);
        return host;
    }
}
