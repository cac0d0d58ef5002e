using System.Globalization;
using DualDb.Testing;
using Npgsql;

namespace DualDb.AspNetCore.Tests.Health;

/// <summary>A database of its own on each server, and a faulty line before each.</summary>
internal sealed class HealthPlace : IAsyncDisposable
{
    private static int s_number;

    private HealthPlace(string neon, string supabase, LatencyProxy neonLine, LatencyProxy supabaseLine) => (Neon, Supabase, NeonLine, SupabaseLine) = (neon, supabase, neonLine, supabaseLine);

    /// <summary>The address of the database itself, past the line.</summary>
    public string Neon { get; }

    public string Supabase { get; }

    public LatencyProxy NeonLine { get; }

    public LatencyProxy SupabaseLine { get; }

    public static async Task<HealthPlace> CreateAsync(MemoServers servers, bool isSynchronised = false)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"health_{Environment.ProcessId}_{Interlocked.Increment(ref s_number)}");
        var (neon, supabase) = (await servers.Servers.Neon.CreateDatabaseAsync(name), await servers.Servers.Supabase.CreateDatabaseAsync(name));
        var place = new HealthPlace(neon, supabase, await BeforeAsync(neon), await BeforeAsync(supabase));
        await using var root = MemoDb.Create(options => (options.Neon.ConnectionString, options.Supabase.ConnectionString) = (neon, supabase));
        await root.CreateTablesAsync();
        if (isSynchronised)
        {
            await root.Sync.InstallAsync();
        }

        return place;
    }

    public void Reach(DualDbOptions options)
        => (options.Neon.ConnectionString, options.Supabase.ConnectionString) = (NeonLine.Rewrite(Neon), SupabaseLine.Rewrite(Supabase));

    public static async Task ExecuteAsync(string address, string sql)
    {
        await using var source = NpgsqlDataSource.Create(address);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        NeonLine.Calm();
        SupabaseLine.Calm();
        await NeonLine.DisposeAsync();
        await SupabaseLine.DisposeAsync();
    }

    private static Task<LatencyProxy> BeforeAsync(string address)
    {
        var target = new NpgsqlConnectionStringBuilder(address);
        return LatencyProxy.StartAsync(target.Host!, target.Port, cancellationToken: TestContext.Current.CancellationToken);
    }
}
