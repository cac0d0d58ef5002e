using DualDb.Consistency.Events;
using DualDb.Consistency.Tests.Places;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DualDb.Consistency.Tests.Events.Rig;

/// <summary>A node: a container with a root, handlers and a dispatcher that runs.</summary>
public sealed class EventNode : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly IHostedService _dispatcher;
    private bool _stopped;

    private EventNode(ServiceProvider services, EventDispatcher dispatcher, DomainEvents events)
    {
        _services = services;
        _dispatcher = dispatcher;
        Events = events;
    }

    public DomainEvents Events { get; }

    public TestDb Db => _services.GetRequiredService<TestDb>();

    public static async Task<EventNode> StartAsync(EventPlace place, Action<EventOptions>? configure, Behaviour behaviour, Action<DualDbOptions>? databases)
    {
        DomainEvents? events = null;
        var services = new ServiceCollection();
        services.AddTestDb(options =>
        {
            options.Neon.ConnectionString = place.Neon;
            options.Supabase.ConnectionString = place.Supabase;
            options.Neon.RetryDelay = options.Supabase.RetryDelay = TimeSpan.FromMilliseconds(20);
            databases?.Invoke(options);
        });
        services.AddSingleton(behaviour);
        services.AddTransient<RecordActivity>();
        services.AddTransient<WriteReceipt>();
        services.AddTransient<SendMail>();
        services.AddDualDbEvents<TestDb>(
            options =>
            {
                options.MaxPollInterval = TimeSpan.FromMilliseconds(100);
                options.Lease = TimeSpan.FromSeconds(3);
                configure?.Invoke(options);
            },
            root => events ??= new DomainEvents(root, ManualRegistry.Registry));
        var provider = services.BuildServiceProvider();
        var dispatcher = provider.GetServices<IHostedService>().OfType<EventDispatcher>().Single();
        await dispatcher.StartAsync(CancellationToken.None);
        return new EventNode(provider, dispatcher, events!);
    }

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
