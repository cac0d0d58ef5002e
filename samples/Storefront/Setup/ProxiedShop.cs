using DualDb;
using DualDb.Testing;
using Npgsql;

namespace Storefront.Setup;

/// <summary>The shop once more, with a proxy before each database that can spoil the line.</summary>
internal sealed class ProxiedShop : IAsyncDisposable
{
    private readonly Action<DualDbOptions> _reroute;

    private ProxiedShop(Action<DualDbOptions> reroute, LatencyProxy neon, LatencyProxy supabase)
    {
        _reroute = reroute;
        Db = ShopDb.Create(reroute);
        NeonLine = neon;
        SupabaseLine = supabase;
    }

    public ShopDb Db { get; }

    public LatencyProxy NeonLine { get; }

    public LatencyProxy SupabaseLine { get; }

    /// <summary>Why no proxy can stand before a database; null where one can.</summary>
    public static async Task<string?> ObstacleAsync(ShopDb direct, CancellationToken cancellationToken)
        => Obstacle(direct.Neon.Kind, await HostOfAsync(direct.Neon, cancellationToken))
            ?? Obstacle(direct.Supabase.Kind, await HostOfAsync(direct.Supabase, cancellationToken));

    public static async Task<ProxiedShop> OpenAsync(ShopDb direct, Databases databases, CancellationToken cancellationToken)
    {
        var neonHost = await HostOfAsync(direct.Neon, cancellationToken);
        var supabaseHost = await HostOfAsync(direct.Supabase, cancellationToken);
        var neon = await LatencyProxy.StartAsync(neonHost.Name, neonHost.Port, cancellationToken: cancellationToken);
        var supabase = await LatencyProxy.StartAsync(supabaseHost.Name, supabaseHost.Port, cancellationToken: cancellationToken);
        return new ProxiedShop(
            options =>
            {
                Reroute(options.Neon, databases.NeonUrl, neon, neonHost.Name);
                Reroute(options.Supabase, databases.SupabaseUrl, supabase, supabaseHost.Name);
            },
            neon,
            supabase);
    }

    /// <summary>Has another root take the same lines.</summary>
    public void Reroute(DualDbOptions options) => _reroute(options);

    public async ValueTask DisposeAsync()
    {
        await Db.DisposeAsync();
        await NeonLine.DisposeAsync();
        await SupabaseLine.DisposeAsync();
    }

    private static void Reroute(DatabaseOptions options, string url, LatencyProxy proxy, string host)
    {
        options.ConnectionString = proxy.Rewrite(url);

        // TLS still ends at the real server: its name, not the proxy's address, is what it is asked for and what its certificate says.
        options.ConfigureDataSource = source => source.UseSslClientAuthenticationOptionsCallback(tls => tls.TargetHost = host);
    }

    private static string? Obstacle(Database database, (string Name, int Port) host) => host.Name switch
    {
        ['/' or '@', ..] => $"{database} is reached through the socket {host.Name}, and the proxy speaks TCP only. Name a host to see this chapter.",
        _ when host.Name.Contains(',', StringComparison.Ordinal) => $"{database} has several hosts, and the proxy stands before one. Name one to see this chapter.",
        _ => null,
    };

    private static async Task<(string Name, int Port)> HostOfAsync(PostgresDatabase database, CancellationToken cancellationToken)
    {
        var source = await database.GetDataSourceAsync(cancellationToken);
        var address = new NpgsqlConnectionStringBuilder(source.ConnectionString);
        return (address.Host!, address.Port);
    }
}
