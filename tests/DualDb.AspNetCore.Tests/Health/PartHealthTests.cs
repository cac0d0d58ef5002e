using System.Net;
using DualDb.AspNetCore.Health;
using DualDb.AspNetCore.Health.Checks;
using DualDb.AspNetCore.Health.Looking;
using DualDb.Consistency.Monitoring;
using DualDb.Diagnostics;
using DualDb.Migrations;
using DualDb.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Availability = DualDb.Consistency.Monitoring.Measuring.Availability;

namespace DualDb.AspNetCore.Tests.Health;

public sealed class PartHealthTests(MemoServers servers)
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);
    private static readonly TimeSpan Instantly = TimeSpan.FromTicks(1);

    [Fact]
    public async Task What_the_container_holds_is_checked_with_its_tags()
    {
        await using var place = await HealthPlace.CreateAsync(servers, isSynchronised: true);
        await using var app = await HealthApp.StartAsync(place.Reach, add: static services =>
        {
            services.AddMemoDbSync();
            services.AddDualDbMonitoring<MemoDb>();
            services.AddDualDbMigrations<MemoDb>(DualDbMigrations.FromFolder(Directory.CreateTempSubdirectory().FullName), static options => options.RunAtStartUp = false);
        });

        var all = (await app.GetAsync("/health")).Body.GetProperty("checks").EnumerateObject().Select(static check => check.Name);
        var ready = (await app.GetAsync("/health/ready")).Body.GetProperty("checks").EnumerateObject().Select(static check => check.Name);
        var live = (await app.GetAsync("/health/live")).Body.GetProperty("checks").EnumerateObject().Select(static check => check.Name);

        Assert.Equal(["alerts", "consistency", "migrations", "neon", "schema", "supabase", "sync", "workers"], all.Order(StringComparer.Ordinal));
        Assert.Equal(["consistency", "migrations", "neon", "schema", "supabase", "sync", "workers"], ready.Order(StringComparer.Ordinal));
        Assert.Equal(["workers"], live);
    }

    [Fact]
    public async Task What_the_monitoring_has_just_learnt_is_not_asked_again()
    {
        await using var place = await HealthPlace.CreateAsync(servers);
        await using var app = await HealthApp.StartAsync(
            place.Reach,
            static options => (options.MaxAge, options.SlowAfter) = (Long, Long),
            static services => services.AddDualDbMonitoring<MemoDb>(static options => options.ProbeNeonFor = Timeout.InfiniteTimeSpan));
        var monitoring = app.Services.GetRequiredService<DatabaseMonitoring>();
        await app.UntilAsync("supabase", _ => monitoring.IsUp(Database.Supabase) == true && monitoring.IsUp(Database.Neon) == true);

        using var counter = StatementCounter.Start();
        var report = await app.CheckAsync();

        Assert.Equal("up", report.Entries["supabase"].Data["state"]);
        Assert.Equal(0, counter.Count);
    }

    [Fact]
    public async Task Rows_that_differ_are_told_with_their_number()
    {
        await using var place = await HealthPlace.CreateAsync(servers, isSynchronised: true);
        await using var app = await HealthApp.StartAsync(place.Reach, add: static services => services.AddMemoDbSync(static options =>
        {
            (options.VerifyEvery, options.CountEvery, options.CountThreshold) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), 10);
            (options.MaxPollInterval, options.Lease) = (TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(3));
        }));
        await HealthPlace.ExecuteAsync(place.Supabase, "insert into note_copies (id, text) select gen_random_uuid(), 'nobody has written it' from generate_series(1, 11)");

        var entry = await app.UntilAsync("consistency", static entry => entry.Status == HealthStatus.Degraded && entry.Data.ContainsKey("rows_different") && entry.Data.Keys.Any(static key => key.EndsWith(".difference", StringComparison.Ordinal)));

        Assert.Equal(11L, entry.Data["rows_different"]);
        Assert.Equal(10L, entry.Data["count_threshold"]);
        Assert.Equal(11L, entry.Data.Single(static one => one.Key.EndsWith("notes.difference", StringComparison.Ordinal)).Value);
        Assert.Equal(HttpStatusCode.OK, (await app.GetAsync("/health/ready")).Code);
    }

    [Fact]
    public async Task Migrations_that_wait_are_told_and_not_looked_for_while_neon_may_be_asleep()
    {
        await using var place = await HealthPlace.CreateAsync(servers);
        var folder = Directory.CreateTempSubdirectory();
        folder.CreateSubdirectory("neon");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "neon", "20260101T0000_first.sql"), "create table first (id int primary key);", TestContext.Current.CancellationToken);
        await using var app = await HealthApp.StartAsync(
            place.Reach,
            static options => options.SchemaMaxAge = Instantly,
            services => services.AddDualDbMigrations<MemoDb>(DualDbMigrations.FromFolder(folder.FullName), static options => options.RunAtStartUp = false));

        Assert.Contains("may be asleep", (await app.CheckAsync("migrations")).Description, StringComparison.Ordinal);
        Assert.Equal(0, place.NeonLine.AcceptedConnections);

        await app.Db.Notes.CountAsync();
        var waiting = await app.UntilAsync("migrations", static entry => entry.Data.ContainsKey("pending"));
        Assert.Equal((HealthStatus.Degraded, 1), (waiting.Status, waiting.Data["pending"]));

        await app.Services.GetRequiredService<MigrationRunner>().MigrateAsync(TestContext.Current.CancellationToken);
        await app.UntilAsync("migrations", static entry => entry.Status == HealthStatus.Healthy);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_look_at_migrations_that_failed_is_made_again_soon_whatever_was_found_before()
    {
        var clock = new FakeTimeProvider();
        var isAway = false;
        var look = new SharedLook(
            new SchemaLook(
                _ => isAway ? throw new DatabaseUnavailableException("Neon is away.") : Task.FromResult(HealthCheckResult.Healthy("All migrations are applied.")),
                new Availability(clock, static (_, _, _) => { }),
                new DualDbHealthOptions { WakeNeon = true, SchemaMaxAge = TimeSpan.FromMinutes(5), MaxAge = TimeSpan.FromSeconds(1) },
                clock),
            TimeSpan.FromMinutes(1),
            clock,
            new UnexpectedFailures("migrations", Redaction.None, NullLogger.Instance));
        Assert.Equal(HealthStatus.Healthy, (await look.CheckHealthAsync(null!, TestContext.Current.CancellationToken)).Status);

        isAway = true;
        clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(HealthStatus.Unhealthy, (await look.CheckHealthAsync(null!, TestContext.Current.CancellationToken)).Status);

        isAway = false;
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HealthStatus.Healthy, (await look.CheckHealthAsync(null!, TestContext.Current.CancellationToken)).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_fails_as_nobody_has_foreseen_is_logged_without_secrets_and_its_words_are_not_told(bool isShared)
    {
        const string Secret = "pa55word-of-neon";
        var (clock, calls, log) = (new FakeTimeProvider(), 0, new HeardLog());
        var redaction = new Redaction();
        redaction.AddAddress($"Host=neon;Password={Secret}");
        var unexpected = new UnexpectedFailures("neon", redaction, log);
        IHealthCheck inner = isShared
            ? new SharedLook(new BrokenLook(() => Fail(Interlocked.Increment(ref calls))), TimeSpan.FromMinutes(1), clock, unexpected)
            : new BrokenCheck(() => Fail(Interlocked.Increment(ref calls)));
        var check = new Presentation(inner, HealthStatus.Degraded, redaction, unexpected);

        var results = new[] { await check.CheckHealthAsync(null!, TestContext.Current.CancellationToken), await check.CheckHealthAsync(null!, TestContext.Current.CancellationToken) };

        Assert.All(results, static result =>
        {
            Assert.Equal(HealthStatus.Degraded, result.Status);
            Assert.Contains(nameof(InvalidCastException), result.Description, StringComparison.Ordinal);
            Assert.DoesNotContain("row 77", result.Description, StringComparison.Ordinal);
            Assert.Null(result.Exception);
        });
        Assert.Equal(isShared ? 1 : 2, calls);
        Assert.Equal(calls, log.Entries.Count);
        Assert.All(log.Entries, static entry => Assert.Contains("row 77", entry, StringComparison.Ordinal));
        Assert.All(log.Entries, static entry => Assert.DoesNotContain(Secret, entry, StringComparison.Ordinal));

        static Exception Fail(int call) => new InvalidCastException($"row 77 of {Secret}, {call}");
    }

    [Fact]
    public async Task A_schema_that_differs_from_the_model_is_told()
    {
        await using var place = await HealthPlace.CreateAsync(servers);
        await HealthPlace.ExecuteAsync(place.Neon, "alter table notes drop column text");
        await using var app = await HealthApp.StartAsync(
            place.Reach,
            static options => (options.WakeNeon, options.Timeout) = (true, TimeSpan.FromMinutes(1)),
            static services => services.AddDualDbMigrations<MemoDb>(DualDbMigrations.FromFolder(Directory.CreateTempSubdirectory().FullName), static options => options.RunAtStartUp = false));

        var entry = await app.CheckAsync("schema");

        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Contains("notes", entry.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redis_that_is_away_is_degraded_and_back_is_healthy()
    {
        await using var redis = await LocalRedis.StartAsync(TestContext.Current.CancellationToken);
        await using var line = await LatencyProxy.StartAsync(redis.Host, redis.Port, cancellationToken: TestContext.Current.CancellationToken);
        await using var place = await HealthPlace.CreateAsync(servers);
        await using var app = await HealthApp.StartAsync(
            options =>
            {
                place.Reach(options);
                options.Caching.Redis = $"redis://{line.Host}:{line.Port}";
                options.Caching.RedisRetryDelay = TimeSpan.FromMilliseconds(100);
            },
            static options => options.MaxAge = Instantly);
        await app.UntilAsync("redis", static entry => entry.Status == HealthStatus.Healthy);

        line.RefuseConnections = true;
        await line.CutAsync();
        await app.UntilAsync("redis", static entry => entry.Status == HealthStatus.Degraded);
        Assert.Equal(HttpStatusCode.OK, (await app.GetAsync("/health/ready")).Code);

        line.Calm();
        await app.UntilAsync("redis", static entry => entry.Status == HealthStatus.Healthy);
    }

    [Fact]
    public async Task A_worker_that_has_given_up_asks_for_a_new_process()
    {
        using var worker = new GivingUp();
        await worker.StartAsync(TestContext.Current.CancellationToken);
        await worker.ExecuteTask!.ContinueWith(static _ => { }, TaskScheduler.Default);
        var check = new WorkerCheck([("outbox", worker)]);

        var result = await check.CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);

        Assert.Equal(HealthStatus.Unhealthy, result.Status);
        Assert.Equal("given up", result.Data["outbox"]);
        Assert.Contains("nothing goes", result.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_check_of_the_users_throws_is_not_shown()
    {
        await using var place = await HealthPlace.CreateAsync(servers);
        await using var app = await HealthApp.StartAsync(place.Reach, add: static services => services.AddHealthChecks().AddCheck("own", static () => throw new InvalidOperationException("the key is 4711")));

        var (_, body, text) = await app.GetAsync("/health");

        Assert.Equal("Unhealthy", body.GetProperty("checks").GetProperty("own").GetProperty("status").GetString());
        Assert.DoesNotContain("4711", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_health_checks_there_is_nothing_to_map()
    {
        await using var app = WebApplication.CreateBuilder().Build();

        Assert.Contains("AddDualDbHealthChecks", Assert.Throws<InvalidOperationException>(() => app.MapDualDbHealth()).Message, StringComparison.Ordinal);
    }

    private sealed class GivingUp : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            throw new InvalidOperationException("nothing goes");
        }
    }

    private sealed class BrokenLook(Func<Exception> failure) : IHealthLook
    {
        public TimeSpan MaxAge => Long;

        public TimeSpan Patience => Long;

        public HealthCheckResult? Known() => null;

        public Task<HealthCheckResult> LookAsync(CancellationToken cancellationToken) => throw failure();

        public HealthCheckResult Late(TimeSpan since) => HealthCheckResult.Healthy();
    }

    private sealed class HeardLog : ILogger
    {
        public List<string> Entries { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Entries.Add(formatter(state, exception) + exception);
    }

    private sealed class BrokenCheck(Func<Exception> failure) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => throw failure();
    }
}
