using DualDb.Benchmarks.Shop;
using DualDb.Testing;

namespace DualDb.Benchmarks.Setup;

/// <summary>The same databases, each a delay away.</summary>
internal sealed class DistantShop : IAsyncDisposable
{
    /// <summary>What a round trip to either database costs.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(20);

    private readonly LatencyProxy _neon;
    private readonly LatencyProxy _supabase;

    private DistantShop(ShopDb db, LatencyProxy neon, LatencyProxy supabase)
    {
        Db = db;
        _neon = neon;
        _supabase = supabase;
    }

    public ShopDb Db { get; }

    public static async Task<DistantShop> OpenAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        var servers = laboratory.Servers;
        var neon = await LatencyProxy.StartAsync(servers.Neon.Host, servers.Neon.Port, cancellationToken: cancellationToken);
        var supabase = await LatencyProxy.StartAsync(servers.Supabase.Host, servers.Supabase.Port, cancellationToken: cancellationToken);
        neon.Delay = Delay;
        supabase.Delay = Delay;
        var db = ShopDb.Create(options =>
        {
            options.Neon.ConnectionString = neon.Rewrite(servers.Neon.ConnectionString);
            options.Supabase.ConnectionString = supabase.Rewrite(servers.Supabase.ConnectionString);
        });
        return new DistantShop(db, neon, supabase);
    }

    /// <summary>The same with Supabase over REST.</summary>
    public static async Task<DistantShop> OpenRestAsync(Laboratory laboratory, LocalSupabase api, CancellationToken cancellationToken)
    {
        var servers = laboratory.Servers;
        var neon = await LatencyProxy.StartAsync(servers.Neon.Host, servers.Neon.Port, cancellationToken: cancellationToken);
        var supabase = await LatencyProxy.StartAsync(api.Host, api.Port, cancellationToken: cancellationToken);
        neon.Delay = Delay;
        supabase.Delay = Delay;
        var db = ShopDb.Create(options =>
        {
            options.Neon.ConnectionString = neon.Rewrite(servers.Neon.ConnectionString);
            options.Supabase.ConnectionString = null;
            options.Supabase.Url = supabase.Rewrite(api.Url);
            options.Supabase.ApiKey = api.SecretKey;
        });
        return new DistantShop(db, neon, supabase);
    }

    public async ValueTask DisposeAsync()
    {
        await Db.DisposeAsync();
        await _neon.DisposeAsync();
        await _supabase.DisposeAsync();
    }
}
