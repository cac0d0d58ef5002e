using DualDb.AspNetCore.Health.Checks;
using DualDb.AspNetCore.Health.Looking;
using DualDb.Caching;
using DualDb.Consistency.Events;
using DualDb.Consistency.Events.Dispatching;
using DualDb.Consistency.Monitoring;
using DualDb.Consistency.Sagas;
using DualDb.Consistency.Sync;
using DualDb.Diagnostics;
using DualDb.Migrations;
using DualDb.Migrations.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Availability = DualDb.Consistency.Monitoring.Measuring.Availability;

namespace DualDb.AspNetCore.Health;

/// <summary>The checks of a root: of what is in the container, and of nothing else.</summary>
internal sealed class RootHealth<TRoot>
    where TRoot : class, IDualDatabase
{
    private readonly IServiceProvider _services;
    private readonly DualDbHealthOptions _options;
    private readonly TRoot _root;
    private readonly Redaction _redaction = new();
    private readonly ILogger _logger;
    private readonly Func<Database, Availability> _availability;

    public RootHealth(IServiceProvider services, DualDbHealthOptions options)
    {
        options.Check();
        (_services, _options, _root) = (services, options, services.GetRequiredService<TRoot>());
        _redaction.AddDatabases(_root);
        _logger = (ILogger?)services.GetService<ILoggerFactory>()?.CreateLogger("DualDb.Health") ?? NullLogger.Instance;
        _availability = Witness();
        Registrations = [.. Databases(), .. Redis(), .. Events(), .. Sync(), .. Sagas(), .. Migrations(), .. Alerts(), .. Workers()];
    }

    public IReadOnlyList<HealthCheckRegistration> Registrations { get; }

    private TimeProvider Clock => _root.Neon.Clock;

    private IEnumerable<HealthCheckRegistration> Databases()
        => new PostgresDatabase[] { _root.Neon, _root.Supabase }
            .Where(IsConfigured)
            .Select(database => Register(database.Name, Shared(database.Name, new DatabaseLook(database, _availability(database.Kind), _options)), _options.FailureStatus, HealthTags.Ready));

    private IEnumerable<HealthCheckRegistration> Redis()
        => _root.Cache.Core is { Redis: not null } cache ? [Register("redis", Shared("redis", new RedisLook(cache, _options)), HealthStatus.Degraded, HealthTags.Ready)] : [];

    private IEnumerable<HealthCheckRegistration> Events()
        => _services.GetService<RootDispatcher<TRoot>>() is not null ? [Background("outbox", new EventHealthCheck<TRoot>(_services))] : [];

    private IEnumerable<HealthCheckRegistration> Sync()
        => _services.GetService<RootSync<TRoot>>()?.Service is { } service
            ? [Background("sync", new SyncHealthCheck<TRoot>(_services)), Background("consistency", new ConsistencyCheck(service.Options, service.Verification))]
            : [];

    private IEnumerable<HealthCheckRegistration> Sagas()
        => _services.GetService<RootSagas<TRoot>>() is not null ? [Background("sagas", new SagaHealthCheck<TRoot>(_services))] : [];

    private IEnumerable<HealthCheckRegistration> Migrations()
    {
        if (_services.GetService<RootMigrations<TRoot>>() is not { } migrations)
        {
            return [];
        }

        var drift = new DriftHealthCheck<TRoot>(_services);
        return
        [
            Background("migrations", Shared("migrations", Seldom(cancellationToken => MigrationReading.ReadAsync(migrations.Runner, cancellationToken)))),
            Background("schema", Shared("schema", Seldom(cancellationToken => drift.CheckHealthAsync(new HealthCheckContext { Registration = new HealthCheckRegistration("schema", drift, HealthStatus.Degraded, tags: null) }, cancellationToken)))),
        ];
    }

    // For people: an alert is about the databases, and no node would do better. Not among those that take nodes out of service.
    private IEnumerable<HealthCheckRegistration> Alerts()
        => _services.GetService<RootMonitoring<TRoot>>() is not null ? [Register("alerts", new AlertHealthCheck<TRoot>(_services), _options.BackgroundFailureStatus)] : [];

    private IEnumerable<HealthCheckRegistration> Workers()
    {
        var workers = new (string Name, BackgroundService? Service)[]
        {
            ("outbox", _services.GetService<RootDispatcher<TRoot>>()?.Dispatcher),
            ("sync", _services.GetService<RootSync<TRoot>>()?.Service),
            ("sagas", _services.GetService<RootSagas<TRoot>>()?.Service),
            ("monitoring", _services.GetService<RootMonitoring<TRoot>>()?.Service),
        }.Where(static worker => worker.Service is not null).Select(static worker => (worker.Name, worker.Service!)).ToList();
        return workers.Count > 0 ? [Register("workers", new WorkerCheck(workers), HealthStatus.Unhealthy, HealthTags.Live, HealthTags.Ready)] : [];
    }

    private HealthCheckRegistration Background(string name, IHealthCheck check) => Register(name, check, _options.BackgroundFailureStatus, HealthTags.Ready);

    private HealthCheckRegistration Register(string name, IHealthCheck check, HealthStatus worst, params string[] tags)
        => new(_options.NamePrefix + name, new Presentation(check, worst, _redaction, Unexpected(name)), worst, [.. tags, HealthTags.DualDb]);

    private SharedLook Shared(string name, IHealthLook look) => new(look, _options.Timeout, Clock, Unexpected(name));

    private UnexpectedFailures Unexpected(string name) => new(name, _redaction, _logger);

    private SchemaLook Seldom(Func<CancellationToken, Task<HealthCheckResult>> read) => new(read, _availability(Database.Neon), _options, Clock);

    private static bool IsConfigured(PostgresDatabase database) => database.Rest is not null || !string.IsNullOrWhiteSpace(database.Options.ConnectionString);

    // What the monitoring learns of each call is shared with it; without it, somebody else has to listen.
    private Func<Database, Availability> Witness()
    {
        if (_services.GetService<RootMonitoring<TRoot>>() is { } monitored)
        {
            return monitored.Monitoring.Measurement.Of;
        }

        var witness = new CallWitness(Clock);
        (_root.Neon.Observer, _root.Supabase.Observer) = (witness, witness);
        return witness.Of;
    }
}
