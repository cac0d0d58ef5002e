using DualDb.Consistency.Events;
using DualDb.Consistency.Tests.Events.Rig;
using DualDb.Consistency.Tests.Places;
using DualDb.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DualDb.Consistency.Tests.Events;

/// <summary>What the health of a dispatcher says, and why.</summary>
public sealed class HealthTests(ConsistencyServers places)
{
    [Fact]
    public async Task A_dispatcher_that_has_not_looked_yet_is_degraded()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var node = place.Node();
        var health = await node.HealthAsync();
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Contains("has not been looked at yet", health.Description, StringComparison.Ordinal);
        await node.StartAsync();
        await Eventually.HoldsAsync(async () => (await node.HealthAsync()).Status == HealthStatus.Healthy, "health");
    }

    [Fact]
    public async Task A_database_that_is_away_degrades_it_and_makes_it_unhealthy_after_a_minute()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var clock = new SteppingClock();
        await using var line = await LatencyProxy.StartAsync(places.Servers.Neon.Host, places.Servers.Neon.Port);
        var node = await place.StartAsync(databases: databases => databases.Neon.ConnectionString = line.Rewrite(place.Neon), services: services => services.AddSingleton<TimeProvider>(clock));
        await Eventually.HoldsAsync(async () => (await node.HealthAsync()).Status == HealthStatus.Healthy, "health");

        await line.DisposeAsync();
        await Eventually.HoldsAsync(async () => (await node.HealthAsync()).Status == HealthStatus.Degraded, "degraded health");
        Assert.Contains("Neon cannot be reached", (await node.HealthAsync()).Description, StringComparison.Ordinal);
        clock.Pass(TimeSpan.FromSeconds(61));
        Assert.Equal(HealthStatus.Unhealthy, (await node.HealthAsync()).Status);
    }

    [Fact]
    public async Task An_event_that_has_waited_for_a_minute_degrades_it()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        await place.AskNeonAsync<long>("with taken as (update dualdb.outbox_slots set owner = gen_random_uuid(), expires_at = clock_timestamp() + interval '1 hour' returning 1) select count(*) from taken");
        await place.InsertAsync("purchase.made", """{"number":1,"buyer":"ada"}""");
        await place.AskNeonAsync<long>("with aged as (update dualdb.outbox set published_at = published_at - interval '61 seconds' returning 1) select count(*) from aged");
        var node = await place.StartAsync();
        await Eventually.HoldsAsync(() => node.IsKnown, "the figures");
        var health = await node.HealthAsync();
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Contains("has waited for 6", health.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_that_was_due_a_minute_ago_degrades_it()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        await place.AskNeonAsync<long>("with taken as (update dualdb.outbox_slots set owner = gen_random_uuid(), expires_at = clock_timestamp() + interval '1 hour' returning 1) select count(*) from taken");
        await place.InsertAsync("purchase.made", """{"number":1,"buyer":"ada"}""");
        await place.AskNeonAsync<long>("with late as (update dualdb.outbox set due_at = clock_timestamp() - interval '61 seconds' returning 1) select count(*) from late");
        var node = await place.StartAsync();
        await Eventually.HoldsAsync(() => node.IsKnown, "the figures");
        Assert.Contains("has waited for 6", (await node.HealthAsync()).Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_publisher_that_fails_for_a_minute_degrades_it()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var clock = new SteppingClock();
        var node = await place.StartAsync(static options => options.Publishers.Add(new FailingPublisher()), services: services => services.AddSingleton<TimeProvider>(clock));
        await place.PublishAsync("ada", 1);
        await node.Events.Delivered.WaitForAsync<PurchaseMade>();
        Assert.Equal(1, await place.AskNeonAsync<long>("with aged as (update dualdb.outbox_deliveries set published_at = published_at - interval '61 seconds' returning 1) select count(*) from aged"));
        await Eventually.HoldsAsync(async () => (await node.HealthAsync()).Description!.Contains("has waited for 6", StringComparison.Ordinal), "degraded health");
        Assert.Equal(HealthStatus.Degraded, (await node.HealthAsync()).Status);
    }

    [Fact]
    public async Task A_delayed_event_that_failed_just_now_has_not_waited_since_its_publication()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        await place.InsertAsync("purchase.made", """{"number":1,"buyer":"ada"}""");
        await place.AskNeonAsync<long>("with delayed as (update dualdb.outbox set due_at = clock_timestamp(), published_at = published_at - interval '1 hour' returning 1) select count(*) from delayed");
        var node = await place.StartAsync(static options => options.Publishers.Add(new FailingPublisher()));
        await node.Events.Delivered.WaitForAsync<PurchaseMade>();
        await Eventually.HoldsAsync(async () => (await node.HealthAsync()).Data["neon.oldest_age_seconds"] is > 0.0, "the figures");
        Assert.Equal(HealthStatus.Healthy, (await node.HealthAsync()).Status);
    }

    [Fact]
    public async Task A_dispatcher_that_gave_up_is_unhealthy_and_says_why()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers, install: false);
        var node = await place.StartAsync();
        await Eventually.HoldsAsync(async () => (await node.HealthAsync()).Status == HealthStatus.Unhealthy, "unhealthy");
        Assert.Contains("InstallAsync()", (await node.HealthAsync()).Description, StringComparison.Ordinal);
    }

    private sealed class FailingPublisher : IEventPublisher
    {
        public string Name => "failing";

        public Task PublishAsync(PublishedEvent published, CancellationToken cancellationToken) => Task.FromException(new HttpRequestException("the broker is away"));
    }
}
