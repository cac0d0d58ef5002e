using DualDb.Consistency.Worker;
using DualDb.Testing;

namespace DualDb.Consistency.Tests.Chaos;

/// <summary>A pair of servers of its own, which crash, with a line to each and a line to a pooler before each.</summary>
internal sealed class ChaosPlace : IAsyncDisposable
{
    private readonly LocalServers _servers;
    private readonly List<IAsyncDisposable> _parts = [];

    private ChaosPlace(LocalServers servers) => _servers = servers;

    /// <summary>Past all lines: for preparations and checks.</summary>
    public WorkerAddress Direct => new(_servers.Neon.ConnectionString, _servers.Supabase.ConnectionString);

    /// <summary>Over lines that are cut and held up.</summary>
    public required WorkerAddress OverLines { get; init; }

    /// <summary>Over lines, and through PgBouncer in transaction mode.</summary>
    public required WorkerAddress OverPoolers { get; init; }

    public required IReadOnlyList<LatencyProxy> Lines { get; init; }

    public IReadOnlyList<LocalPostgres> Servers => [_servers.Neon, _servers.Supabase];

    public static async Task<ChaosPlace> CreateAsync()
    {
        // Killed processes leave connections behind for a moment.
        var servers = await LocalServers.StartAsync(options => options.PostgreSqlSettings["max_connections"] = "300");
        var (neonPooler, supabasePooler) = (await PoolerAsync(servers.Neon), await PoolerAsync(servers.Supabase));
        LatencyProxy[] lines =
        [
            await LatencyProxy.StartAsync(servers.Neon.Host, servers.Neon.Port),
            await LatencyProxy.StartAsync(servers.Supabase.Host, servers.Supabase.Port),
            await LatencyProxy.StartAsync(neonPooler.Host, neonPooler.Port),
            await LatencyProxy.StartAsync(supabasePooler.Host, supabasePooler.Port),
        ];
        var place = new ChaosPlace(servers)
        {
            Lines = lines,
            OverLines = new WorkerAddress(lines[0].Rewrite(servers.Neon.ConnectionString), lines[1].Rewrite(servers.Supabase.ConnectionString)),
            OverPoolers = new WorkerAddress(lines[2].Rewrite(neonPooler.ConnectionString), lines[3].Rewrite(supabasePooler.ConnectionString)),
        };
        place._parts.AddRange([.. lines, neonPooler, supabasePooler, servers]);
        await WorkerTables.CreateAsync(place.Direct);
        return place;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in _parts)
        {
            await part.DisposeAsync();
        }
    }

    // A crashed server is tried again at once, and not after the 15 seconds that are usual.
    private static Task<LocalPgBouncer> PoolerAsync(LocalPostgres server) => LocalPgBouncer.StartAsync(server, options => options.PgBouncerSettings["server_login_retry"] = "1");
}
