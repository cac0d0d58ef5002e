using System.Globalization;
using DualDb.Consistency.Sync;
using DualDb.Consistency.Sync.Running;
using DualDb.Consistency.Tests.Places;
using DualDb.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace DualDb.Consistency.Tests.Sync;

/// <summary>A database of its own on each server, with tables that are synchronised; and nodes that do so.</summary>
public sealed class SyncPlace : IAsyncDisposable
{
    private static int s_number;

    private readonly List<(SyncService Service, TestDb Db)> _nodes = [];

    private SyncPlace(string neon, string supabase, SyncRegistry registry)
    {
        (Neon, Supabase, Registry) = (neon, supabase, registry);
        Db = Open(_ => { });
        Sync = With(registry.Maps);
    }

    public string Neon { get; }

    public string Supabase { get; }

    public SyncRegistry Registry { get; }

    public TestDb Db { get; }

    public DatabaseSync Sync { get; }

    /// <summary>A place whose maps are installed.</summary>
    /// <param name="servers">The servers.</param>
    /// <param name="maps">The maps.</param>
    /// <param name="neon">The tables in Neon.</param>
    /// <param name="supabase">The tables in Supabase.</param>
    /// <param name="configure">Sets options; null for none.</param>
    public static async Task<SyncPlace> CreateAsync(LocalServers servers, IReadOnlyList<SyncMap> maps, string neon, string supabase, Action<SyncOptions>? configure = null)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"sync_{Environment.ProcessId}_{Interlocked.Increment(ref s_number)}");
        var place = new SyncPlace(await servers.Neon.CreateDatabaseAsync(name), await servers.Supabase.CreateDatabaseAsync(name), new SyncRegistry(maps));
        configure?.Invoke(place.Sync.Options);
        await place.NeonAsync(neon);
        await place.SupabaseAsync(supabase);
        await place.Sync.InstallAsync();
        return place;
    }

    /// <summary>The same databases as another version of the application sees them.</summary>
    public DatabaseSync With(IReadOnlyList<SyncMap> maps) => new(Db, new SyncRegistry(maps)) { Options = { MaxPollInterval = TimeSpan.FromMilliseconds(50), Lease = TimeSpan.FromSeconds(3) } };

    /// <summary>Starts a node.</summary>
    internal async Task<SyncService> StartAsync(Action<SyncOptions>? configure = null, Action<DualDbOptions>? databases = null, IReadOnlyList<SyncMap>? maps = null, Action<SyncAlert>? alerts = null)
    {
        var db = Open(databases ?? (static _ => { }));
        var sync = new DatabaseSync(db, maps is null ? Registry : new SyncRegistry(maps)) { Options = { MaxPollInterval = TimeSpan.FromMilliseconds(50), Lease = TimeSpan.FromSeconds(3) } };
        configure?.Invoke(sync.Options);
        if (alerts is not null)
        {
            sync.Alerts.Subscribe(alerts);
        }

        var service = new SyncService(sync, NullLogger.Instance);
        _nodes.Add((service, db));
        await service.StartAsync(CancellationToken.None);
        return service;
    }

    public async Task StopAsync()
    {
        foreach (var (service, db) in _nodes)
        {
            await service.StopAsync(CancellationToken.None);
            service.Dispose();
            await db.DisposeAsync();
        }

        _nodes.Clear();
    }

    /// <summary>Runs statements in Neon, and gives the first value.</summary>
    public Task<object?> NeonAsync(string sql) => RunAsync(Neon, sql);

    /// <summary>Runs statements in Supabase, and gives the first value.</summary>
    public Task<object?> SupabaseAsync(string sql) => RunAsync(Supabase, sql);

    /// <summary>Waits until either side has all that the other one has said, answers included.</summary>
    public async Task SettleAsync()
    {
        for (var times = 0; times < 2; times++)
        {
            await Sync.WaitForSyncAsync(await Sync.TokenAsync(Database.Supabase), TimeSpan.FromSeconds(60));
            await Sync.WaitForSyncAsync(await Sync.TokenAsync(Database.Neon), TimeSpan.FromSeconds(60));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Db.DisposeAsync();
    }

    private TestDb Open(Action<DualDbOptions> configure) => TestDb.Create(options =>
    {
        options.Neon.ConnectionString = Neon;
        options.Supabase.ConnectionString = Supabase;
        options.Neon.RetryDelay = options.Supabase.RetryDelay = TimeSpan.FromMilliseconds(20);
        configure(options);
    });

    private static async Task<object?> RunAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
