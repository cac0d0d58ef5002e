using DualDb;
using DualDb.Testing;
using Npgsql;

namespace Storefront.Setup;

/// <summary>The shop once more, with a proxy before each database that can spoil the line.</summary>
internal sealed class ProxiedShop : IAsyncDisposable
{
    private ProxiedShop(ShopDb db, LatencyProxy neon, LatencyProxy supabase)
    {
        Db = db;
        NeonLine = neon;
        SupabaseLine = supabase;
    }

    public ShopDb Db { get; }

    public LatencyProxy NeonLine { get; }

    public LatencyProxy SupabaseLine { get; }

    public static async Task<ProxiedShop> OpenAsync(ShopDb direct, Databases databases, CancellationToken cancellationToken)
    {
        var neonHost = await HostOfAsync(direct.Neon, cancellationToken);
        var supabaseHost = await HostOfAsync(direct.Supabase, cancellationToken);
        var neon = await LatencyProxy.StartAsync(neonHost.Name, neonHost.Port, cancellationToken: cancellationToken);
        var supabase = await LatencyProxy.StartAsync(supabaseHost.Name, supabaseHost.Port, cancellationToken: cancellationToken);
        var db = ShopDb.Create(options =>
        {
            Reroute(options.Neon, databases.NeonUrl, neon, neonHost.Name);
            Reroute(options.Supabase, databases.SupabaseUrl, supabase, supabaseHost.Name);
        });
        return new ProxiedShop(db, neon, supabase);
    }

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

    private static async Task<(string Name, int Port)> HostOfAsync(PostgresDatabase database, CancellationToken cancellationToken)
    {
        var source = await database.GetDataSourceAsync(cancellationToken);
        var address = new NpgsqlConnectionStringBuilder(source.ConnectionString);
        return (address.Host!, address.Port);
    }
}
