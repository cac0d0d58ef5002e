using System.Globalization;
using DualDb.Consistency.Monitoring;
using DualDb.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace DualDb.Monitoring.Tests.Places;

/// <summary>A database of its own on each server, a faulty line before each, and nodes of applications over them.</summary>
public sealed class MonitoredPlace : IAsyncDisposable
{
    private static int s_number;

    private readonly List<MonitoredNode> _nodes = [];

    private readonly string _name;

    private MonitoredPlace(string name, string neon, string supabase, LatencyProxy neonLine, LatencyProxy supabaseLine) => (_name, Neon, Supabase, NeonLine, SupabaseLine) = (name, neon, supabase, neonLine, supabaseLine);

    /// <summary>The address of the database itself, past the line.</summary>
    public string Neon { get; }

    public string Supabase { get; }

    public LatencyProxy NeonLine { get; }

    public LatencyProxy SupabaseLine { get; }

    public static async Task<MonitoredPlace> CreateAsync(MonitoringServers servers, bool installs = true)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"monitored_{Environment.ProcessId}_{Interlocked.Increment(ref s_number)}");
        var (neon, supabase) = (await servers.Servers.Neon.CreateDatabaseAsync(name), await servers.Servers.Supabase.CreateDatabaseAsync(name));
        var place = new MonitoredPlace(name, neon, supabase, await BeforeAsync(neon), await BeforeAsync(supabase));
        await using var root = MonitoredDb.Create(options => (options.Neon.ConnectionString, options.Supabase.ConnectionString) = (neon, supabase));
        await root.CreateTablesAsync();
        await root.Sync.InstallAsync();
        if (installs)
        {
            await root.InstallMonitoringAsync();
        }

        return place;
    }

    /// <summary>A node of an application; its hosted services run unless told otherwise.</summary>
    public async Task<MonitoredNode> StartAsync(Action<MonitoringOptions>? configure = null, bool starts = true, bool syncs = false, IAlertSink? sink = null, IAlertSource? source = null, string? redis = null, int? poolSize = null, TimeProvider? time = null)
    {
        var services = new ServiceCollection();
        if (sink is not null)
        {
            services.AddSingleton(sink);
        }

        if (source is not null)
        {
            services.AddSingleton(source);
        }

        if (time is not null)
        {
            services.AddSingleton(time);
        }

        services.AddMonitoredDb(options =>
        {
            options.Neon.ConnectionString = NeonLine.Rewrite(Neon);
            options.Supabase.ConnectionString = SupabaseLine.Rewrite(Supabase);
            options.Supabase.MaxPoolSize = poolSize ?? options.Supabase.MaxPoolSize;
            (options.Caching.Redis, options.Caching.KeyPrefix) = (redis, _name);
        });
        if (syncs)
        {
            services.AddMonitoredDbSync(static options => (options.MaxPollInterval, options.Lease) = (TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(3)));
        }

        services.AddDualDbMonitoring<MonitoredDb>(options =>
        {
            options.Application = "shop";
            configure?.Invoke(options);
        });
        var node = new MonitoredNode(services.BuildServiceProvider());
        _nodes.Add(node);
        if (starts)
        {
            await node.StartAsync();
        }

        return node;
    }

    public static async Task<T> AskAsync<T>(string address, string sql)
    {
        await using var source = NpgsqlDataSource.Create(address);
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        NeonLine.Calm();
        SupabaseLine.Calm();
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        await NeonLine.DisposeAsync();
        await SupabaseLine.DisposeAsync();
    }

    private static Task<LatencyProxy> BeforeAsync(string address)
    {
        var target = new NpgsqlConnectionStringBuilder(address);
        return LatencyProxy.StartAsync(target.Host!, target.Port, cancellationToken: TestContext.Current.CancellationToken);
    }
}

/// <summary>A node of an application.</summary>
public sealed class MonitoredNode(ServiceProvider services) : IAsyncDisposable
{
    private bool _isStarted;
    private bool _isDisposed;

    public MonitoredDb Db => services.GetRequiredService<MonitoredDb>();

    public DatabaseMonitoring Monitoring => services.GetRequiredService<DatabaseMonitoring>();

    public async Task StartAsync()
    {
        _isStarted = true;
        foreach (var service in services.GetServices<IHostedService>())
        {
            await service.StartAsync(TestContext.Current.CancellationToken);
        }
    }

    public async Task<Kpi?> KpiAsync(KpiKind kind, string subject = "", KpiWindow window = KpiWindow.Hour) => (await Monitoring.KpisAsync(window)).Find(kind, subject);

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        foreach (var service in _isStarted ? services.GetServices<IHostedService>() : [])
        {
            await service.StopAsync(CancellationToken.None);
        }

        await services.DisposeAsync();
    }
}

internal static class MonitoredDbExtensions
{
    /// <summary>What an application does once, when it is deployed.</summary>
    public static async Task InstallMonitoringAsync(this MonitoredDb root)
    {
        var services = new ServiceCollection().AddSingleton(root).AddDualDbMonitoring<MonitoredDb>().BuildServiceProvider();
        await services.GetRequiredService<DatabaseMonitoring>().InstallAsync();
    }
}
