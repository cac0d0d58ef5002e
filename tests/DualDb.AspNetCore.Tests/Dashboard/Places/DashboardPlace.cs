using System.Globalization;
using DualDb.Consistency.Monitoring;
using DualDb.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DualDb.AspNetCore.Tests.Dashboard.Places;

/// <summary>A database of its own on each server, and a faulty line before each.</summary>
public sealed class DashboardPlace : IAsyncDisposable
{
    private static int s_number;

    private DashboardPlace(string neon, string supabase, LatencyProxy neonLine, LatencyProxy supabaseLine) => (Neon, Supabase, NeonLine, SupabaseLine) = (neon, supabase, neonLine, supabaseLine);

    /// <summary>The address of the database itself, past the line.</summary>
    public string Neon { get; }

    public string Supabase { get; }

    public LatencyProxy NeonLine { get; }

    public LatencyProxy SupabaseLine { get; }

    public static async Task<DashboardPlace> CreateAsync(DashboardServers servers, bool installs = true)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"dashboard_{Environment.ProcessId}_{Interlocked.Increment(ref s_number)}");
        var (neon, supabase) = (await servers.Servers.Neon.CreateDatabaseAsync(name), await servers.Servers.Supabase.CreateDatabaseAsync(name));
        if (installs)
        {
            await using var root = MemoDb.Create(options => (options.Neon.ConnectionString, options.Supabase.ConnectionString) = (neon, supabase));
            await using var services = new ServiceCollection().AddSingleton(root).AddDualDbMonitoring<MemoDb>().BuildServiceProvider();
            await services.GetRequiredService<DatabaseMonitoring>().InstallAsync();
            await root.CreateTablesAsync();
        }

        return new DashboardPlace(neon, supabase, await BeforeAsync(neon), await BeforeAsync(supabase));
    }

    public static async Task<T> AskAsync<T>(string address, string sql)
    {
        await using var source = NpgsqlDataSource.Create(address);
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public static async Task RunAsync(string address, string sql)
    {
        await using var source = NpgsqlDataSource.Create(address);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
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
