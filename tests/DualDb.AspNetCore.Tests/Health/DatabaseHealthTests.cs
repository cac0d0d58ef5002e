using System.Net;
using DualDb.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DualDb.AspNetCore.Tests.Health;

public sealed class DatabaseHealthTests(MemoServers servers)
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);
    private static readonly TimeSpan Instantly = TimeSpan.FromTicks(1);

    [Fact]
    public async Task Both_databases_that_answer_are_healthy_and_nothing_else_is_checked()
    {
        await using var place = await HealthPlace.CreateAsync(servers);
        await using var app = await HealthApp.StartAsync(place.Reach, static options => options.WakeNeon = true);

        var (code, body, _) = await app.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.OK, code);
        Assert.Equal("Healthy", body.GetProperty("status").GetString());
        Assert.Equal(["neon", "supabase"], body.GetProperty("checks").EnumerateObject().Select(static check => check.Name).Order(StringComparer.Ordinal));
        Assert.Equal("up", body.GetProperty("checks").GetProperty("neon").GetProperty("data").GetProperty("state").GetString());
        Assert.True(body.GetProperty("checks").GetProperty("supabase").GetProperty("data").GetProperty("round_trip_ms").GetDouble() > 0);
    }

    [Fact]
    public async Task One_of_two_that_is_down_makes_the_node_unready_and_never_dead()
    {
        await using var place = await HealthPlace.CreateAsync(servers);
        await using var app = await HealthApp.StartAsync(place.Reach, static options => (options.WakeNeon, options.MaxAge) = (true, Instantly));
        Assert.Equal(HttpStatusCode.OK, (await app.GetAsync("/health/ready")).Code);

        place.SupabaseLine.RefuseConnections = true;
        await place.SupabaseLine.CutAsync();
        var (code, body, _) = await app.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, code);
        Assert.Equal("Unhealthy", body.GetProperty("checks").GetProperty("supabase").GetProperty("status").GetString());
        Assert.Equal("down", body.GetProperty("checks").GetProperty("supabase").GetProperty("data").GetProperty("state").GetString());
        Assert.Equal("Healthy", body.GetProperty("checks").GetProperty("neon").GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.OK, (await app.GetAsync("/health/live")).Code);

        place.SupabaseLine.Calm();
        await app.UntilAsync("supabase", static entry => entry.Status == HealthStatus.Healthy);
    }

    [Fact]
    public async Task A_database_that_is_away_makes_of_the_node_what_the_options_say()
    {
        await using var place = await HealthPlace.CreateAsync(servers);
        await using var app = await HealthApp.StartAsync(place.Reach, static options => options.FailureStatus = HealthStatus.Degraded);
        place.SupabaseLine.RefuseConnections = true;

        var (code, body, _) = await app.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.OK, code);
        Assert.Equal("Degraded", body.GetProperty("checks").GetProperty("supabase").GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_slow_database_is_degraded()
    {
        await using var place = await HealthPlace.CreateAsync(servers);
        await using var app = await HealthApp.StartAsync(place.Reach, static options => (options.SlowAfter, options.Timeout, options.MaxAge) = (TimeSpan.FromMilliseconds(200), TimeSpan.FromMinutes(1), Instantly));
        place.SupabaseLine.Delay = TimeSpan.FromMilliseconds(300);

        var entry = await app.CheckAsync("supabase");

        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Equal("slow", entry.Data["state"]);
    }

    [Fact]
    public async Task A_pool_without_a_free_connection_is_busy_and_the_node_stays_ready()
    {
        await using var place = await HealthPlace.CreateAsync(servers);
        await using var app = await HealthApp.StartAsync(
            options =>
            {
                place.Reach(options);
                options.Supabase.MaxPoolSize = 2;
            },
            static options => (options.MaxAge, options.Timeout) = (Instantly, TimeSpan.FromSeconds(5)));
        await using (await app.Db.BeginSupabaseAsync(TestContext.Current.CancellationToken))
        await using (await app.Db.BeginSupabaseAsync(TestContext.Current.CancellationToken))
        {
            var (code, body, _) = await app.GetAsync("/health/ready");
            var entry = await app.CheckAsync("supabase");

            Assert.Equal(HttpStatusCode.OK, code);
            Assert.Equal("busy", body.GetProperty("checks").GetProperty("supabase").GetProperty("data").GetProperty("state").GetString());
            Assert.Equal((HealthStatus.Degraded, "busy"), (entry.Status, entry.Data["state"]));

            // A database that is away is told all the same.
            place.SupabaseLine.RefuseConnections = true;
            await app.UntilAsync("supabase", static late => late.Status == HealthStatus.Unhealthy);
            place.SupabaseLine.Calm();
        }

        await app.UntilAsync("supabase", static free => free.Status == HealthStatus.Healthy);
    }

    [Fact]
    public async Task A_neon_that_wakes_up_is_degraded_and_one_that_never_does_is_down()
    {
        await using var place = await HealthPlace.CreateAsync(servers);
        await using var app = await HealthApp.StartAsync(
            place.Reach, static options => (options.WakeNeon, options.Timeout, options.ColdStartTimeout, options.MaxAge) = (true, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(3), Instantly));
        place.NeonLine.Pause();
        place.SupabaseLine.Pause();

        var report = await app.CheckAsync();

        Assert.Equal((HealthStatus.Degraded, "waking"), (report.Entries["neon"].Status, report.Entries["neon"].Data["state"]));
        Assert.Equal((HealthStatus.Unhealthy, "down"), (report.Entries["supabase"].Status, report.Entries["supabase"].Data["state"]));
        Assert.Equal("down", (await app.UntilAsync("neon", static entry => entry.Status == HealthStatus.Unhealthy)).Data["state"]);

        place.NeonLine.Resume();
        place.SupabaseLine.Resume();
        await app.UntilAsync("neon", static entry => entry.Status == HealthStatus.Healthy);
        await app.UntilAsync("supabase", static entry => entry.Status == HealthStatus.Healthy);
    }

    [Fact]
    public async Task A_neon_that_has_just_answered_is_not_waking_up_but_down()
    {
        await using var place = await HealthPlace.CreateAsync(servers);
        await using var app = await HealthApp.StartAsync(place.Reach, static options => (options.WakeNeon, options.MaxAge, options.Timeout) = (true, Instantly, TimeSpan.FromSeconds(5)));
        Assert.Equal(HealthStatus.Healthy, (await app.CheckAsync("neon")).Status);

        place.NeonLine.Pause();
        var entry = await app.CheckAsync("neon");

        Assert.Equal((HealthStatus.Unhealthy, "down"), (entry.Status, entry.Data["state"]));
        place.NeonLine.Resume();
    }

    [Fact]
    public async Task A_hundred_probes_at_once_are_one_statement()
    {
        await using var place = await HealthPlace.CreateAsync(servers);
        await using var app = await HealthApp.StartAsync(place.Reach, static options => (options.MaxAge, options.Timeout) = (Long, TimeSpan.FromMinutes(1)));
        await app.Db.Supabase.PingAsync(TestContext.Current.CancellationToken);

        using var counter = StatementCounter.Start();
        var reports = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(app.CheckAsync)));

        Assert.All(reports, static report => Assert.Equal(HealthStatus.Healthy, report.Entries["supabase"].Status));
        Assert.Equal(["select 1"], counter.Statements);
    }

    [Fact]
    public async Task A_hundred_probes_of_a_database_that_is_down_are_one_look()
    {
        await using var place = await HealthPlace.CreateAsync(servers);
        await using var app = await HealthApp.StartAsync(place.Reach, static options => (options.MaxAge, options.Timeout) = (Long, TimeSpan.FromMinutes(1)));
        await app.Db.Supabase.PingAsync(TestContext.Current.CancellationToken);
        place.SupabaseLine.RefuseConnections = true;
        await place.SupabaseLine.CutAsync();

        var reports = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(app.CheckAsync)));

        // The pool's connection was dead; then one of its own, and none after.
        Assert.All(reports, static report => Assert.Equal(HealthStatus.Unhealthy, report.Entries["supabase"].Status));
        Assert.InRange(place.SupabaseLine.RefusedConnections, 1, 2);
    }

    [Fact]
    public async Task A_call_that_was_just_answered_says_enough()
    {
        await using var place = await HealthPlace.CreateAsync(servers);
        await using var app = await HealthApp.StartAsync(place.Reach, static options => (options.MaxAge, options.SlowAfter) = (Long, Long));
        Assert.Equal(HealthStatus.Healthy, (await app.CheckAsync("supabase")).Status);

        await app.Db.Memos.CountAsync();
        await app.Db.Notes.CountAsync();
        using var counter = StatementCounter.Start();
        var report = await app.CheckAsync();

        Assert.Equal(HealthStatus.Healthy, report.Status);
        Assert.Equal("up", report.Entries["neon"].Data["state"]);
        Assert.Equal(0, counter.Count);
    }

    [Fact]
    public async Task A_neon_that_may_be_asleep_is_not_woken()
    {
        await using var place = await HealthPlace.CreateAsync(servers);
        await using var app = await HealthApp.StartAsync(place.Reach, static options => (options.MaxAge, options.LeaveNeonAloneAfter) = (Instantly, TimeSpan.Zero));

        for (var probe = 0; probe < 20; probe++)
        {
            var entry = await app.CheckAsync("neon");
            Assert.Equal((HealthStatus.Degraded, "unknown"), (entry.Status, entry.Data["state"]));
        }

        Assert.Equal(0, place.NeonLine.AcceptedConnections);

        await app.Db.Notes.CountAsync();
        using var counter = StatementCounter.Start();
        await app.UntilAsync("neon", static entry => (string)entry.Data["state"] == "left alone");
        var sent = counter.Statements.Count(static sql => sql == "select 1");
        for (var probe = 0; probe < 20; probe++)
        {
            var report = await app.CheckAsync();
            Assert.Equal((HealthStatus.Healthy, "left alone"), (report.Entries["neon"].Status, report.Entries["neon"].Data["state"]));
            Assert.Equal(++sent, counter.Statements.Count(static sql => sql == "select 1"));
        }
    }

    [Fact]
    public async Task What_is_not_configured_is_not_checked()
    {
        await using var place = await HealthPlace.CreateAsync(servers);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMemoDb(place.Reach);
        services.AddHealthChecks().AddDualDb<MemoDb>(static options => options.NamePrefix = "memo-").AddDualDb<MemoDb>(static options => options.WakeNeon = true);
        await using var provider = services.BuildServiceProvider();

        var report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["memo-neon", "memo-supabase"], report.Entries.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(HealthStatus.Healthy, report.Status);
    }

    [Fact]
    public async Task Whatever_a_server_says_no_secret_leaves()
    {
        const string secret = "hunter2-of-the-pooler";
        await using var telling = new TellingServer($"no route for postgres://app:{secret}@pooler and Password={secret}; token {secret}");
        await using var place = await HealthPlace.CreateAsync(servers);
        await using var app = await HealthApp.StartAsync(
            options =>
            {
                options.Neon.ConnectionString = place.Neon;
                options.Supabase.ConnectionString = $"Host=127.0.0.1;Port={telling.Port};Username=app;Password={secret};Database=app;SSL Mode=Disable";
                options.Caching.Redis = $"redis://:{secret}-too@127.0.0.1:1";
            },
            static options => options.MaxAge = Long);

        var (code, body, text) = await app.GetAsync("/health");
        var report = await app.CheckAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, code);
        Assert.Contains("no route for", body.GetProperty("checks").GetProperty("supabase").GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        Assert.All(report.Entries.Values, static entry =>
        {
            Assert.DoesNotContain(secret, entry.Description ?? "", StringComparison.Ordinal);
            Assert.DoesNotContain(secret, entry.Exception?.ToString() ?? "", StringComparison.Ordinal);
            Assert.DoesNotContain(secret, string.Join(' ', entry.Data), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task An_option_that_makes_no_sense_is_told_at_the_start()
    {
        var refused = await Assert.ThrowsAsync<DualDbConfigurationException>(() => HealthApp.StartAsync(
            options => (options.Neon.ConnectionString, options.Supabase.ConnectionString) = (servers.Address, servers.Address), static options => options.MaxAge = TimeSpan.Zero));

        Assert.Contains("DualDbHealthOptions.MaxAge", refused.Message, StringComparison.Ordinal);
    }
}
