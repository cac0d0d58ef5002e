using DualDb.Consistency.Events;
using DualDb.Consistency.Tests.Places;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace DualDb.Consistency.Tests.Events.Rig;

/// <summary>A node: a container with a root, handlers and a dispatcher that runs.</summary>
public sealed class EventNode : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly EventDispatcher _dispatcher;
    private bool _stopped;

    private EventNode(ServiceProvider services, EventDispatcher dispatcher)
    {
        _services = services;
        _dispatcher = dispatcher;
    }

    public DomainEvents Events => Db.Events;

    public bool IsKnown => _dispatcher.States.All(state => state.IsKnown);

    public bool IsAsleep => _dispatcher.States.Single(state => state.Database == Database.Neon).IsAsleep;

    public bool IsListening => HearsOf(Database.Neon);

    /// <summary>Why the dispatcher gave up.</summary>
    public Exception? Failure => _dispatcher.Failure;

    public TestDb Db => _services.GetRequiredService<TestDb>();

    /// <summary>Whether notifications of a database arrive.</summary>
    public bool HearsOf(Database database) => _dispatcher.States.Single(state => state.Database == database).IsListening;

    /// <summary>A node that is not started yet.</summary>
    public static EventNode Create(EventPlace place, Action<EventOptions>? configure, Behaviour behaviour, Action<DualDbOptions>? databases, Action<IServiceCollection>? others)
    {
        var services = new ServiceCollection();
        others?.Invoke(services);
        services.AddTestDb(options =>
        {
            options.Neon.ConnectionString = place.Neon;
            options.Supabase.ConnectionString = place.Supabase;
            options.Neon.RetryDelay = options.Supabase.RetryDelay = TimeSpan.FromMilliseconds(20);
            databases?.Invoke(options);
        });
        services.AddSingleton(behaviour);
        services.AddTestDbEvents(options =>
        {
            options.MaxPollInterval = TimeSpan.FromMilliseconds(100);
            options.Lease = TimeSpan.FromSeconds(3);
            configure?.Invoke(options);
        });
        var provider = services.BuildServiceProvider();
        return new EventNode(provider, provider.GetServices<IHostedService>().OfType<EventDispatcher>().Single());
    }

    public Task StartAsync() => _dispatcher.StartAsync(CancellationToken.None);

    public Task<HealthCheckResult> HealthAsync() => new EventHealthCheck<TestDb>(_services).CheckHealthAsync(new HealthCheckContext());

    public async Task StopAsync()
    {
        if (!_stopped)
        {
            _stopped = true;
            await _dispatcher.StopAsync(CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _services.DisposeAsync();
    }
}
