using System.Collections.Concurrent;
using DualDb.Migrations.Model;
using DualDb.Migrations.Tests.Places;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DualDb.Migrations.Tests.Hosting;

public sealed class HostTests(MigrationServers servers)
{
    [Fact]
    public async Task Migrations_are_applied_before_services_start_also_those_that_were_registered_earlier()
    {
        await using var place = await PlaceAsync();
        using var host = Build(place);

        await host.StartAsync();

        Assert.Equal(1, Assert.Single(host.Services.GetServices<IHostedService>().OfType<Reader>()).Found);
        await host.StopAsync();
    }

    [Fact]
    public async Task Host_can_migrate_as_a_step_of_its_own()
    {
        await using var place = await PlaceAsync();
        using var host = Build(place, options => options.RunAtStartUp = false);
        await Assert.ThrowsAnyAsync<DualDbException>(() => host.StartAsync());

        await host.MigrateAsync();

        Assert.Equal(1, await place.AskNeonAsync<long>("select count(*) from orders"));
        Assert.True((await host.Services.GetRequiredService<MigrationRunner>().PlanAsync()).IsEmpty);
    }

    [Fact]
    public async Task Host_does_not_start_where_a_migration_fails()
    {
        await using var place = await PlaceAsync();
        place.Write("neon/20260101T1300_fails", "select nothing;");
        using var host = Build(place);

        await Assert.ThrowsAsync<MigrationFailedException>(() => host.StartAsync());
    }

    [Fact]
    public async Task Registering_twice_and_forgetting_to_register_are_told()
    {
        await using var place = await PlaceAsync();
        var services = new ServiceCollection().AddDualDbMigrations<TestDb>(DualDbMigrations.FromFolder(place.Folder));
        Assert.Throws<InvalidOperationException>(() => services.AddDualDbMigrations<TestDb>(DualDbMigrations.FromFolder(place.Folder)));
        using var host = new HostBuilder().Build();
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.MigrateAsync());
    }

    [Theory]
    [InlineData(DriftGate.None, true)]
    [InlineData(DriftGate.Errors, true)]
    [InlineData(DriftGate.Drift, false)]
    public async Task Host_whose_schema_is_another_one_starts_as_far_as_the_gate_lets_it(DriftGate gate, bool starts)
    {
        await using var place = await ScaffoldedAsync();
        await place.AskNeonAsync<object?>("drop index desk.tickets_open");
        using var host = Build(place, options => options.Gate = gate, seeds: false);

        if (starts)
        {
            await host.StartAsync();
            await host.StopAsync();
        }
        else
        {
            var refused = await Assert.ThrowsAsync<DriftException>(() => host.StartAsync());
            Assert.Contains("desk.tickets: tickets_open", refused.Message, StringComparison.Ordinal);
            Assert.True(refused.Report.HasDrift);
        }
    }

    [Fact]
    public async Task Health_says_how_far_the_schema_is_from_the_model()
    {
        await using var place = await ScaffoldedAsync();
        using var host = Build(place, seeds: false);
        var check = new DriftHealthCheck<TestDb>(host.Services);
        var context = new HealthCheckContext { Registration = new HealthCheckRegistration("schema", check, HealthStatus.Unhealthy, tags: null) };

        Assert.Equal(HealthStatus.Healthy, (await check.CheckHealthAsync(context)).Status);
        await place.AskNeonAsync<object?>("drop index desk.tickets_open");
        Assert.Equal(HealthStatus.Degraded, (await check.CheckHealthAsync(context)).Status);
        await place.AskSupabaseAsync<object?>("alter table profiles drop column name");
        var sick = await check.CheckHealthAsync(context);
        Assert.Equal(HealthStatus.Unhealthy, sick.Status);
        Assert.Contains("public.profiles.name", sick.Description, StringComparison.Ordinal);
        Assert.Equal(2, sick.Data.Count);
    }

    [Fact]
    public async Task Health_creates_nothing_once_the_words_of_the_database_are_known()
    {
        await using var place = await ScaffoldedAsync();
        using var host = Build(place, static options => options.Drift.Ignored.Add("desk.nothing"), seeds: false);

        // Sequences go on where a transaction is rolled back.
        await place.AskNeonAsync<object?>("""
            create sequence made;
            create function made() returns event_trigger language plpgsql as 'begin perform nextval(''public.made''); end';
            create event trigger made on ddl_command_end execute function made();
            """);
        var known = await LookAsync();

        Assert.Equal(known, await LookAsync());

        async Task<string> LookAsync()
        {
            var check = new DriftHealthCheck<TestDb>(host.Services);
            Assert.NotEqual(HealthStatus.Unhealthy, (await check.CheckHealthAsync(new HealthCheckContext { Registration = new HealthCheckRegistration("schema", check, HealthStatus.Unhealthy, tags: null) })).Status);
            return await place.AskNeonAsync<string>("select last_value || ' ' || is_called from made");
        }
    }

    [Fact]
    public async Task Health_passes_over_what_the_options_of_the_migrations_name()
    {
        await using var place = await ScaffoldedAsync();
        using var host = Build(place, static options => options.Drift.Ignored.Add("desk.tickets"), seeds: false);
        var check = new DriftHealthCheck<TestDb>(host.Services);
        await place.AskNeonAsync<object?>("drop index desk.tickets_open");

        Assert.Equal(HealthStatus.Healthy, (await check.CheckHealthAsync(new HealthCheckContext { Registration = new HealthCheckRegistration("schema", check, HealthStatus.Unhealthy, tags: null) })).Status);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Log_of_the_host_tells_what_was_changed_without_a_migration(bool atStartUp, bool fails)
    {
        await using var place = await PlaceAsync();
        await place.Runner().MigrateAsync();
        await place.AskNeonAsync<object?>("alter table orders add column more int");
        place.Write("neon/20260101T1300_next", fails ? "select nothing;" : "create table next (id int);");
        using var log = new Log();
        using var host = Build(place, options => (options.RunAtStartUp, options.AllowOutOfOrder) = (atStartUp, true), seeds: false, log);

        var run = atStartUp ? host.StartAsync() : host.MigrateAsync();
        await (fails ? Assert.ThrowsAsync<MigrationFailedException>(() => run) : run);

        Assert.Contains("Warning A schema was changed without a migration, in Neon: column public.orders.more: it was added", Assert.Single(log.Lines), StringComparison.Ordinal);
        await host.StopAsync();
    }

    private async Task<MigrationPlace> ScaffoldedAsync()
    {
        var place = await MigrationPlace.CreateAsync(servers);
        await MigrationScaffold.AddAsync("first", SchemaModel.Of<TestDb>(), place.Folder);
        await place.Runner().MigrateAsync();
        return place;
    }

    private static IHost Build(MigrationPlace place, Action<MigrationOptions>? configure = null, bool seeds = true, Log? log = null) => new HostBuilder()
        .ConfigureLogging(logging =>
        {
            if (log is not null)
            {
                logging.AddProvider(log);
            }
        })
        .ConfigureServices(services => services
            .AddHostedService<Reader>()
            .AddTestDb(options =>
            {
                options.Neon.ConnectionString = place.Neon;
                options.Supabase.ConnectionString = place.Supabase;
            })
            .AddSingleton<IEnumerable<IDataMigration>>(seeds ? [new Seed()] : [])
            .AddDualDbMigrations<TestDb>(DualDbMigrations.FromFolder(place.Folder), configure))
        .Build();

    private async Task<MigrationPlace> PlaceAsync()
        => (await MigrationPlace.CreateAsync(servers)).Write("neon/20260101T1000_orders", "create table orders (id bigint primary key, buyer bigint not null, buyer_name text);");

    private sealed class Seed : IDataMigration
    {
        public string Id => "neon/20260101T1100_seed";

        public async Task<string?> RunBatchAsync(MigrationBatch batch, CancellationToken cancellationToken)
        {
            await ((TestDb)batch.Root).Orders.InsertAsync(new Order { Id = 1, Buyer = 2 }, batch.Neon, cancellationToken);
            return null;
        }
    }

    private sealed class Log : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => categoryName == "DualDb.Migrations" ? this : NullLogger.Instance;

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Enqueue($"{logLevel} {formatter(state, exception)}");

        public void Dispose()
        {
        }
    }

    private sealed class Reader(TestDb db) : IHostedService
    {
        public long Found { get; private set; }

        public async Task StartAsync(CancellationToken cancellationToken) => Found = await db.Orders.Where(order => order.Id > 0).CountAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
