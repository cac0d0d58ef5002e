using DualDb.Benchmarks.Competitors;
using DualDb.Benchmarks.Shop;
using DualDb.Testing;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace DualDb.Benchmarks.Setup;

/// <summary>Two local servers with rows, and every competitor's way to reach them.</summary>
internal sealed class Laboratory : IAsyncDisposable
{
    /// <summary>How many orders there are; their keys are 1 to this.</summary>
    public const int Orders = 10_000;

    private Laboratory(LocalServers servers, ShopDb db, NpgsqlDataSource source)
    {
        Servers = servers;
        Db = db;
        Source = source;
        Ef = EfShop.Over(source);
        DefaultSource = NpgsqlDataSource.Create(servers.Neon.ConnectionString);
    }

    public LocalServers Servers { get; }

    /// <summary>The SDK.</summary>
    public ShopDb Db { get; }

    /// <summary>
    /// The SDK's own pool to Neon, for every competitor at equal settings: the same object, so that the same connection with the same server process
    /// answers them all.
    /// </summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>A pool with nothing but the address: Npgsql's own defaults.</summary>
    public NpgsqlDataSource DefaultSource { get; }

    /// <summary>EF Core over <see cref="Source"/>.</summary>
    public PooledDbContextFactory<EfShop> Ef { get; }

    public static async Task<Laboratory> OpenAsync(CancellationToken cancellationToken = default)
    {
        var servers = await LocalServers.StartAsync(cancellationToken);
        try
        {
            var db = ShopDb.Create(options =>
            {
                options.Neon.ConnectionString = servers.Neon.ConnectionString;
                options.Supabase.ConnectionString = servers.Supabase.ConnectionString;

                // Hits and misses are measured in this process's memory, also where the environment names a Redis.
                options.Caching.Redis = null;
            });
            await db.CreateTablesAsync(cancellationToken);
            var laboratory = new Laboratory(servers, db, await db.Neon.GetDataSourceAsync(cancellationToken));
            await Rows.FillAsync(db, cancellationToken);
            return laboratory;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await DefaultSource.DisposeAsync();
        await Db.DisposeAsync();
        await Servers.DisposeAsync();
    }
}
